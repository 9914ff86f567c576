//! The rows of a table, and the columns of one that names none.

use latchwork_model::Template;
use latchwork_model::app::TableColumn;
use serde_json::Value;

/// How many rows are looked at for columns, and how many columns there are at most.
const LOOKED_AT: usize = 20;
const MOST_COLUMNS: usize = 8;
/// How deep a list is looked for: GraphQL wraps it in `data`, and many APIs in a name.
const DEEPEST: usize = 3;

/// The list in an answer: the answer itself, or the only list in it.
pub(super) fn rows_in(body: &Value) -> Option<Vec<Value>> {
    find(body, DEEPEST).cloned()
}

fn find(value: &Value, depth: usize) -> Option<&Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        Value::Object(members) if depth > 0 => {
            let mut lists = members.values().filter(|member| member.is_array());
            match (lists.next(), lists.next()) {
                (Some(list), None) => return list.as_array(),
                (Some(_), Some(_)) => return None,
                (None, _) => {}
            }
            let mut objects = members.values().filter(|member| member.is_object());
            match (objects.next(), objects.next()) {
                (Some(only), None) => find(only, depth - 1),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Columns for the members of the first rows; one for rows that are plain values.
pub(super) fn default_columns(rows: &[Value]) -> Vec<TableColumn> {
    let mut names: Vec<&String> = Vec::new();
    for row in rows.iter().take(LOOKED_AT) {
        for (name, value) in row.as_object().into_iter().flatten() {
            let is_plain = !value.is_object() && !value.is_array();
            if is_plain && !names.contains(&name) && names.len() < MOST_COLUMNS {
                names.push(name);
            }
        }
    }
    if names.is_empty() && !rows.is_empty() {
        return vec![TableColumn {
            label: "Value".to_owned(),
            value: Template::from("{{ row }}"),
        }];
    }
    names
        .into_iter()
        .map(|name| TableColumn {
            label: humanised(name),
            value: Template::from(format!("{{{{ row[{}] }}}}", Value::String(name.clone()))),
        })
        .collect()
}

/// `first_name` and `firstName` as people read them: “First name”.
pub(super) fn humanised(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for character in name.chars() {
        if character == '_' || character == '-' {
            words.push(' ');
        } else if character.is_uppercase() && before.is_lowercase() {
            words.push(' ');
            words.extend(character.to_lowercase());
        } else {
            words.push(character);
        }
        before = character;
    }
    let words = words.trim();
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_list_is_found_where_there_is_one_and_no_guess_is_made_between_two() {
        let rows = Some(vec![json!(1)]);
        assert_eq!(rows_in(&json!([1])), rows);
        assert_eq!(rows_in(&json!({ "items": [1], "total": 9 })), rows);
        assert_eq!(rows_in(&json!({ "data": { "contacts": [1] } })), rows);
        assert_eq!(rows_in(&json!({ "a": [1], "b": [2] })), None);
        assert_eq!(rows_in(&json!({ "a": { "x": [1] }, "b": {} })), None);
        assert_eq!(rows_in(&json!("text")), None);
    }

    #[test]
    fn columns_are_the_plain_members_of_the_rows_with_names_for_people() {
        let columns = default_columns(&[
            json!({ "firstName": "A", "e-mail": 1, "tags": [] }),
            json!({ "x": 1 }),
        ]);
        let labels: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
        assert_eq!(labels, ["First name", "E mail", "X"]);
        assert_eq!(columns[1].value.as_str(), r#"{{ row["e-mail"] }}"#);
        assert_eq!(default_columns(&[json!(1)])[0].value.as_str(), "{{ row }}");
        assert!(default_columns(&[]).is_empty());
    }
}
