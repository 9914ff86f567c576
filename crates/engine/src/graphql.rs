//! The errors in an answer to a GraphQL request. A GraphQL API answers 200 whatever went wrong, and says in the body what
//! did (GraphQL specification, section 7.1): such an answer is a failure, whatever its status.
//!
//! Not here: what of an answer says that the session is over, which is asked first ([`crate::run`]), and the document
//! that is sent, which is data.

use std::fmt;

use latchwork_model::{Body, Request};
use serde_json::Value;

use crate::oauth::plain_words;

/// The most errors that are told one by one.
const MOST: usize = 5;
/// The longest message of one of them, path or code, in characters.
const LONGEST: usize = 300;
/// The codes of what may be over the next time, as APIs and their servers write them.
const PASSING: [&str; 7] = [
    "THROTTLED",
    "RATE_LIMITED",
    "INTERNAL_SERVER_ERROR",
    "SERVICE_UNAVAILABLE",
    "TIMEOUT",
    "GATEWAY_TIMEOUT",
    "TOO_MANY_REQUESTS",
];

/// What an API says went wrong; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphqlErrors {
    errors: Vec<GraphqlError>,
    /// How many there were.
    count: usize,
}

/// One error of an answer (section 7.1.2), as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphqlError {
    /// What the API says.
    pub message: String,
    /// Which field it is about: `contacts[0].name`.
    pub path: Option<String>,
    /// A code for machines, where Apollo and others put it: `extensions.code`.
    pub code: Option<String>,
}

impl GraphqlErrors {
    /// The errors of an answer's body to a request with a GraphQL body; nothing where there are none.
    pub(crate) fn of(request: &Request, body: &Value) -> Option<Self> {
        if !matches!(request.body, Body::Graphql(_)) {
            return None;
        }
        let errors = body.get("errors")?;
        let errors = match errors {
            Value::Array(errors) => errors.as_slice(),
            // Against the specification, and an error all the same.
            Value::String(text) if !text.trim().is_empty() => std::slice::from_ref(errors),
            Value::Object(error) if !error.is_empty() => std::slice::from_ref(errors),
            _ => return None,
        };
        if errors.is_empty() {
            return None;
        }
        Some(Self {
            errors: errors.iter().take(MOST).map(GraphqlError::of).collect(),
            count: errors.len(),
        })
    }

    /// Whether all of them may be over the next time: the API is busy, or broke.
    pub(crate) fn are_passing(&self) -> bool {
        self.errors.iter().all(|error| {
            let code = error.code.as_deref();
            code.is_some_and(|code| PASSING.iter().any(|known| known.eq_ignore_ascii_case(code)))
        })
    }

    /// Whether the first of them says that nobody is signed in, as a status of 401 does.
    pub fn say_nobody_is_signed_in(&self) -> bool {
        let code = self.first().and_then(|error| error.code.as_deref());
        code.is_some_and(|code| code.eq_ignore_ascii_case("UNAUTHENTICATED"))
    }

    /// Whether the first of them is about who asks: nobody is signed in, or somebody who may not.
    pub fn are_about_credentials(&self) -> bool {
        let code = self.first().and_then(|error| error.code.as_deref());
        self.say_nobody_is_signed_in()
            || code.is_some_and(|code| code.eq_ignore_ascii_case("FORBIDDEN"))
    }

    /// The first of them; no answer needs more to be told apart.
    pub fn first(&self) -> Option<&GraphqlError> {
        self.errors.first()
    }
}

impl GraphqlError {
    fn of(error: &Value) -> Self {
        // Some servers have texts there, and not objects.
        let message = error.as_str().or_else(|| error["message"].as_str());
        let message = message.map(short).filter(|message| !message.is_empty());
        let code = match &error["extensions"]["code"] {
            Value::String(code) => Some(short(code)),
            Value::Number(code) => Some(code.to_string()),
            _ => None,
        };
        Self {
            message: message.unwrap_or_else(|| "an error without a message".to_owned()),
            path: error["path"].as_array().map(|path| short(&dotted(path))),
            code: code.filter(|code| !code.is_empty()),
        }
    }
}

impl fmt::Display for GraphqlErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => formatter.write_str("an error: ")?,
            count => write!(formatter, "{count} errors: ")?,
        }
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                formatter.write_str("; ")?;
            }
            error.fmt(formatter)?;
        }
        match self.count - self.errors.len() {
            0 => Ok(()),
            more => write!(formatter, "; and {more} more"),
        }
    }
}

impl fmt::Display for GraphqlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match (&self.path, &self.code) {
            (Some(path), Some(code)) => write!(formatter, " (at {path}, {code})"),
            (Some(path), None) => write!(formatter, " (at {path})"),
            (None, Some(code)) => write!(formatter, " ({code})"),
            (None, None) => Ok(()),
        }
    }
}

/// A path of names and indexes as people write it.
fn dotted(path: &[Value]) -> String {
    let mut dotted = String::new();
    for part in path {
        match part {
            Value::String(name) if dotted.is_empty() => dotted.push_str(name),
            Value::String(name) => {
                dotted.push('.');
                dotted.push_str(name);
            }
            index => {
                dotted.push('[');
                dotted.push_str(&index.to_string());
                dotted.push(']');
            }
        }
        if dotted.len() > 4 * LONGEST {
            break;
        }
    }
    dotted
}

/// An API's words, plain and cut.
fn short(text: &str) -> String {
    let words = plain_words(text);
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use latchwork_model::{GraphqlBody, JsonBody};
    use serde_json::json;

    use super::*;

    fn request() -> Request {
        let mut request = Request::new("POST", "");
        request.body = Body::Graphql(GraphqlBody {
            query: "{ me { id } }".to_owned(),
            variables: Value::Null,
        });
        request
    }

    fn told(body: &Value) -> Option<String> {
        GraphqlErrors::of(&request(), body).map(|errors| errors.to_string())
    }

    #[test]
    fn errors_are_told_with_their_path_and_code() {
        let body = json!({ "data": null, "errors": [
            { "message": "Sign in first.", "path": ["contacts", 0, "name"], "extensions": { "code": "UNAUTHENTICATED" } },
            { "message": "No.", "extensions": { "code": 7 } },
        ] });
        assert_eq!(
            told(&body).as_deref(),
            Some("2 errors: Sign in first. (at contacts[0].name, UNAUTHENTICATED); No. (7)")
        );
    }

    #[test]
    fn an_answer_without_errors_and_an_answer_to_another_body_have_none() {
        for body in [
            json!({ "data": { "me": null } }),
            json!({ "data": {}, "errors": [] }),
            json!({ "data": {}, "errors": null }),
            json!({ "data": {}, "errors": " " }),
            json!({ "data": {}, "errors": {} }),
            json!({ "data": {}, "errors": false }),
            json!("<html></html>"),
            json!([{ "errors": ["a"] }]),
        ] {
            assert_eq!(told(&body), None, "{body}");
        }
        let mut other = request();
        other.body = Body::Json(JsonBody { value: json!({}) });
        assert_eq!(GraphqlErrors::of(&other, &json!({ "errors": ["a"] })), None);
    }

    #[test]
    fn what_is_no_error_by_the_specification_is_told_all_the_same() {
        let body =
            json!({ "errors": ["plain", { "code": "x" }, { "message": "  " }, 5, null, "sixth"] });
        assert_eq!(
            told(&body).as_deref(),
            Some(
                "6 errors: plain; an error without a message; an error without a message; an error without a message; \
                 an error without a message; and 1 more"
            )
        );
    }

    #[test]
    fn errors_that_are_no_list_are_errors() {
        let of = |errors: Value| told(&json!({ "data": null, "errors": errors }));
        assert_eq!(
            of(json!("No such field.")).as_deref(),
            Some("an error: No such field.")
        );
        assert_eq!(
            of(json!({ "message": "No.", "extensions": { "code": "FORBIDDEN" } })).as_deref(),
            Some("an error: No. (FORBIDDEN)")
        );
        assert_eq!(
            of(json!({ "email": ["is taken"] })).as_deref(),
            Some("an error: an error without a message")
        );
    }

    #[test]
    fn f8_errors_pass_where_every_one_of_them_may_be_over_the_next_time() {
        let passing = |codes: Value| {
            let errors: Vec<Value> = codes
                .as_array()
                .unwrap()
                .iter()
                .map(|code| json!({ "message": "No.", "extensions": { "code": code } }))
                .collect();
            GraphqlErrors::of(&request(), &json!({ "errors": errors }))
                .unwrap()
                .are_passing()
        };
        for code in PASSING {
            assert!(passing(json!([code])), "{code}");
        }
        assert!(passing(json!(["throttled", "TIMEOUT"])));
        for codes in [
            json!(["BAD_USER_INPUT"]),
            json!([null]),
            json!(["THROTTLED", "UNAUTHENTICATED"]),
        ] {
            assert!(!passing(codes.clone()), "{codes}");
        }
    }

    #[test]
    fn the_first_error_says_whether_it_is_about_who_asks() {
        let about = |code: &str| {
            let body = json!({ "errors": [{ "message": "No.", "extensions": { "code": code } }, { "message": "a" }] });
            let errors = GraphqlErrors::of(&request(), &body).unwrap();
            (
                errors.say_nobody_is_signed_in(),
                errors.are_about_credentials(),
            )
        };
        assert_eq!(about("UNAUTHENTICATED"), (true, true));
        assert_eq!(about("FORBIDDEN"), (false, true));
        assert_eq!(about("NOT_FOUND"), (false, false));
    }

    #[test]
    fn z6_an_apis_words_are_plain_and_bounded() {
        let long = "é".repeat(5_000);
        let path: Vec<Value> = (0..100_000).map(|_| json!("deep")).collect();
        let body = json!({ "errors": [{ "message": long, "path": path, "extensions": { "code": long } }] });
        let words = told(&body).unwrap();
        assert!(words.chars().count() < 1_000, "{}", words.len());
        let body = json!({ "errors": ["See https://evil.example/x\u{202e}\nnow"] });
        assert_eq!(told(&body).as_deref(), Some("an error: See [link] now"));
    }
}
