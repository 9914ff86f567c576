//! The updates of a refresh flow: which outputs of the auth flow take new values. A target is a dotted path such as
//! `login.body.token`, with `[0]` and `['a-b']`.

use std::collections::BTreeMap;

use latchwork_model::Refresh;
use serde_json::{Map, Value};

use super::{Run, RunFailure};
use crate::error::EngineError;
use crate::session::expiry;

impl Run<'_> {
    /// Puts all updates in, or none: each value is rendered before any is put.
    pub(super) fn put_updates(&mut self, refresh: &Refresh) -> Result<Vec<String>, RunFailure> {
        let mut updated = self.outputs.clone();
        let mut renewed: BTreeMap<String, Option<i64>> = BTreeMap::new();
        let flow_expiry = refresh
            .steps
            .iter()
            .filter_map(|step| self.expires_at.get(&step.id).copied())
            .min();
        for (index, update) in refresh.updates.iter().enumerate() {
            let place = format!("auth.refresh.updates[{index}]");
            let value = self
                .render_with(self.scope(), &format!("{place}.value"), &update.value)
                .map_err(|error| self.failure(error, None))?;
            let step = set_at(&mut updated, &update.target, value).map_err(|reason| {
                let target = update.target.clone();
                self.failure(
                    EngineError::Update {
                        place,
                        target,
                        reason,
                    },
                    None,
                )
            })?;
            renewed.entry(step).or_insert(flow_expiry);
        }
        let now = self.clock().unix_seconds();
        let plan = self.plan.clone();
        for step in &plan.steps {
            let Some(flow_expiry) = renewed.get(&step.id) else {
                continue;
            };
            let Some(outputs) = updated.remove(&step.id) else {
                continue;
            };
            // Its old expiry is that of the old token: only what was updated says when the new one is over.
            let says = |name: &str| {
                refresh
                    .updates
                    .iter()
                    .any(|update| update.target.trim() == format!("{}.{name}", step.id))
            };
            let own = if says("expires_at") || says("expires_in") {
                let mut times = Map::new();
                for name in ["expires_at", "expires_in"]
                    .into_iter()
                    .filter(|name| says(name))
                {
                    times.extend(
                        outputs
                            .get(name)
                            .map(|value| (name.to_owned(), value.clone())),
                    );
                }
                expiry(&times, now)
            } else {
                None
            };
            match own.or(*flow_expiry) {
                Some(at) => self.expires_at.insert(step.id.clone(), at),
                None => self.expires_at.remove(&step.id),
            };
            self.learn(step, &outputs);
            // What everyone shares is shown to nobody who only uses it (PRODUCT K1).
            if !step.is_shared() {
                self.host().keep_outputs(&step.id, &outputs);
            }
            self.put(step, outputs);
        }
        Ok(refresh
            .updates
            .iter()
            .map(|update| update.target.clone())
            .collect())
    }
}

/// Sets the value at a path, and gives the step whose output it is. What is on the way must be there; the last
/// member may be new.
fn set_at(
    outputs: &mut BTreeMap<String, Map<String, Value>>,
    target: &str,
    value: Value,
) -> Result<String, String> {
    let parts = parts(target).ok_or_else(|| "it is no path".to_owned())?;
    let [step, members @ .., last] = parts.as_slice() else {
        return Err("it names a step and none of its outputs".to_owned());
    };
    let Some(of_step) = outputs.get_mut(step) else {
        return Err(format!("the step `{step}` has no outputs"));
    };
    let Some((first, rest)) = members.split_first() else {
        of_step.insert(last.clone(), value);
        return Ok(step.clone());
    };
    let mut here = of_step
        .get_mut(first)
        .ok_or_else(|| format!("there is no `{step}.{first}`"))?;
    for part in rest {
        here = child(here, part).ok_or_else(|| format!("there is nothing at `{part}` in it"))?;
    }
    match here {
        Value::Object(members) => {
            members.insert(last.clone(), value);
        }
        Value::Array(items) => {
            let place = last
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get_mut(index))
                .ok_or_else(|| format!("the list has no item `{last}`"))?;
            *place = value;
        }
        _ => return Err(format!("`{last}` is not in an object or a list")),
    }
    Ok(step.clone())
}

fn child<'a>(value: &'a mut Value, part: &str) -> Option<&'a mut Value> {
    match value {
        Value::Object(members) => members.get_mut(part),
        Value::Array(items) => items.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    }
}

/// A path's parts.
fn parts(target: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = target.trim();
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (part, after) = bracket(inside)?;
            parts.push(part);
            rest = after;
        } else {
            let name = rest
                .strip_prefix('.')
                .filter(|_| !parts.is_empty())
                .unwrap_or(rest);
            let end = name.find(['.', '[']).unwrap_or(name.len());
            if end == 0 {
                return None;
            }
            parts.push(name[..end].trim().to_owned());
            rest = &name[end..];
        }
    }
    (!parts.is_empty()).then_some(parts)
}

/// What is between brackets, and what follows.
fn bracket(inside: &str) -> Option<(String, &str)> {
    let quote = inside
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'));
    if let Some(quote) = quote {
        let (part, after) = inside[1..].split_once(quote)?;
        return Some((part.to_owned(), after.strip_prefix(']')?));
    }
    let (part, after) = inside.split_once(']')?;
    part.trim().parse::<usize>().ok()?;
    Some((part.trim().to_owned(), after))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set(target: &str) -> Result<Value, String> {
        let body = json!({ "token": "old", "a-b": [{ "x": 1 }], "list": [1, 2] });
        let mut outputs = BTreeMap::from([(
            "login".to_owned(),
            Map::from_iter([("body".to_owned(), body)]),
        )]);
        let step = set_at(&mut outputs, target, json!("new"))?;
        assert_eq!(step, "login");
        Ok(Value::Object(outputs.remove("login").unwrap_or_default()))
    }

    #[test]
    fn values_are_set_at_dotted_paths() {
        assert_eq!(set("login.body.token").unwrap()["body"]["token"], "new");
        assert_eq!(
            set("login.body['a-b'][0].x").unwrap()["body"]["a-b"][0]["x"],
            "new"
        );
        assert_eq!(
            set("login.body.list[1]").unwrap()["body"]["list"],
            json!([1, "new"])
        );
        assert_eq!(set("login.body.fresh").unwrap()["body"]["fresh"], "new");
        assert_eq!(set("login.access_token").unwrap()["access_token"], "new");
    }

    #[test]
    fn paths_that_lead_nowhere_are_refused() {
        for target in [
            "",
            "login",
            "login.",
            "other.body",
            "login.body.none.token",
            "login.body.list[9]",
            "login.body.list.x",
            "login.body['a-b",
            "login.body[x]",
            "login..body",
            "login.body.token.x",
        ] {
            assert!(set(target).is_err(), "{target}");
        }
    }
}
