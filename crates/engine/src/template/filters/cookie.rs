//! `cookie`: a cookie's value out of a header, out of headers, or out of the answer at hand.

use minijinja::value::ValueKind;
use minijinja::{Error, State, Value};

use super::super::environment::{nothing, there};
use super::super::render::Render;
use super::arguments::text;

/// `headers | cookie("sid")`, `headers['set-cookie'] | cookie("sid")`, `cookies | cookie("sid")`.
pub(super) fn cookie(state: &State<'_, '_>, input: &Value, name: &Value) -> Result<Value, Error> {
    there(input)?;
    let name = text(name)?;
    Ok(find(input, &name).unwrap_or_else(|| nothing(state, "cookie")))
}

/// `cookie("sid")`: out of `cookies`, or out of `headers`, of the answer at hand.
pub(super) fn cookie_at_hand(state: &State<'_, '_>, name: &Value) -> Result<Value, Error> {
    let name = text(name)?;
    let found = Render::of(state).and_then(|render| {
        ["cookies", "headers"]
            .into_iter()
            .find_map(|place| find(render.scope.value(place)?, &name))
    });
    Ok(found.unwrap_or_else(|| nothing(state, "cookie")))
}

fn find(input: &Value, name: &str) -> Option<Value> {
    match input.kind() {
        ValueKind::Map => {
            let member = |key: &str| {
                input
                    .get_attr(key)
                    .ok()
                    .filter(|value| !value.is_undefined())
            };
            member(name).or_else(|| {
                ["set-cookie", "Set-Cookie", "cookie", "Cookie"]
                    .into_iter()
                    .find_map(|key| find(&member(key)?, name))
            })
        }
        ValueKind::Seq => input.try_iter().ok()?.find_map(|item| find(&item, name)),
        _ => in_header(input.as_str()?, name).map(Value::from),
    }
}

/// The value of a cookie in a `Cookie` header, or in `Set-Cookie` headers joined by `, ` (RFC 6265). A comma only
/// ends a cookie where another `name=` follows: dates have commas too.
fn in_header<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = header.split(';').flat_map(|part| {
        let mut pieces = Vec::new();
        let mut start = 0;
        for (comma, _) in part.match_indices(',') {
            let next = part[comma + 1..].trim_start();
            if next
                .split_once('=')
                .is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(is_token))
            {
                pieces.push(&part[start..comma]);
                start = comma + 1;
            }
        }
        pieces.push(&part[start..]);
        pieces
    });
    pairs.find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let value = value.trim();
        let value = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .unwrap_or(value);
        (key.trim() == name).then_some(value)
    })
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::in_header;

    #[test]
    fn cookies_are_found_in_both_headers() {
        assert_eq!(in_header("a=1; sid=x=y; b=2", "sid"), Some("x=y"));
        let set = "a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Path=/, sid=\"abc\"; HttpOnly, b=2";
        assert_eq!(in_header(set, "sid"), Some("abc"));
        assert_eq!(in_header(set, "b"), Some("2"));
        assert_eq!(
            in_header(set, "Expires"),
            Some("Wed, 09 Jun 2027 10:18:14 GMT")
        );
        assert_eq!(in_header(set, "c"), None);
        assert_eq!(in_header("", "c"), None);
    }
}
