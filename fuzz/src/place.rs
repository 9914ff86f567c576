//! Whether a JSON path, as findings write it, leads to a place in a document.

use serde_json::Value;

/// Whether a path leads to a value, or to a member that could be there and is not: a finding about a missing one.
///
/// Names of members may hold `.` and `[` themselves: every way to read the path is tried.
pub(crate) fn leads_somewhere(document: &Value, path: &str) -> bool {
    if path.is_empty() {
        return true;
    }
    match document {
        Value::Array(items) => path
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .and_then(|(index, rest)| Some((items.get(index.parse::<usize>().ok()?)?, rest)))
            .is_some_and(|(item, rest)| leads_somewhere(item, behind_period(rest))),
        Value::Object(members) => {
            let found = members.iter().any(|(name, member)| {
                path.strip_prefix(name.as_str()).is_some_and(|rest| {
                    (rest.is_empty() || rest.starts_with(['.', '[']))
                        && leads_somewhere(member, behind_period(rest))
                })
            });
            found || is_member_name(path)
        }
        _ => false,
    }
}

fn behind_period(rest: &str) -> &str {
    rest.strip_prefix('.').unwrap_or(rest)
}

/// A name such as the format has them.
fn is_member_name(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::leads_somewhere;

    #[test]
    fn a_path_leads_to_a_value_or_to_a_member_that_is_missing() {
        let document = json!({ "auth": { "steps": [{ "id": "a", "x.y[0]": { "z": 1 } }] } });
        for path in [
            "",
            "auth",
            "auth.steps[0]",
            "auth.steps[0].id",
            "auth.steps[0].type",
            "auth.steps[0].x.y[0].z",
            "name",
        ] {
            assert!(leads_somewhere(&document, path), "{path}");
        }
        for path in [
            "auth.steps[1]",
            "auth.steps.id",
            "steps[0]",
            "auth.refresh.on",
            "auth.steps[0].id.x",
            "?",
        ] {
            assert!(!leads_somewhere(&document, path), "{path}");
        }
    }
}
