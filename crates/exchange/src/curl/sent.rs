//! A request that was sent, as a command that sends it again. What was hidden in it is a variable of the shell.

use latchwork_model::{Body, Parameter, Request, Template, TextBody};

use super::script::CurlScript;
use super::write::{CurlOptions, to_curl};
use crate::literal::escape;

/// A request as it went over the wire, masked.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The method.
    pub method: &'a str,
    /// The whole address.
    pub url: &'a str,
    /// The headers, names and values, in their order.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body, where there was one.
    pub body: Option<&'a str>,
    /// What stands for a hidden value in any of them.
    pub mask: &'a str,
}

/// Writes a request that was sent as a cURL command for sh. Each hidden value is a variable of its own: two that look
/// the same need not be.
pub fn sent_to_curl(sent: &Sent<'_>) -> CurlScript {
    let mut hidden = Hidden {
        mask: sent.mask,
        count: 0,
    };
    let mut request = Request::new(sent.method, hidden.template(sent.url));
    // It goes where it went, and no further.
    request.follow_redirects = false;
    for (name, value) in sent.headers {
        // curl counts by itself.
        if !name.eq_ignore_ascii_case("content-length") {
            let value = hidden.template(value);
            request.headers.push(Parameter::new(escape(name), value));
        }
    }
    if let Some(body) = sent.body {
        let mut types = sent.headers.iter();
        let content_type = types.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        request.body = Body::Text(TextBody {
            content_type: content_type
                .map_or("application/octet-stream", |(_, value)| value)
                .to_owned(),
            content: hidden.template(body),
        });
    }
    to_curl(&request, &CurlOptions::default())
}

struct Hidden<'a> {
    mask: &'a str,
    count: usize,
}

impl Hidden<'_> {
    /// A text as a template, each hidden value in it an expression.
    fn template(&mut self, text: &str) -> Template {
        let mut template = String::new();
        for (index, part) in text.split(self.mask).enumerate() {
            if index > 0 {
                self.count += 1;
                template.push_str(&format!("{{{{ hidden_{} }}}}", self.count));
            }
            template.push_str(escape(part).as_str());
        }
        template.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_values_are_variables_and_the_rest_is_as_it_was_sent() {
        let script = sent_to_curl(&Sent {
            method: "POST",
            url: "https://api.acme.example/login?key=•••&page={2}",
            headers: &[
                ("authorization", "Bearer •••"),
                ("content-type", "application/json"),
                ("content-length", "30"),
                ("x-note", "it's {{ not }} a template"),
            ],
            body: Some(r#"{"password":"•••","user":"ann"}"#),
            mask: "•••",
        });
        let lines: Vec<&str> = script.command.split(" \\\n  ").collect();
        assert_eq!(
            lines,
            [
                r#"curl 'https://api.acme.example/login?key='"${HIDDEN_1}"'&page=%7B2%7D'"#,
                r#"--header 'authorization: Bearer '"${HIDDEN_2}""#,
                "--header 'content-type: application/json'",
                r"--header 'x-note: it'\''s {{ not }} a template'",
                r#"--data-raw '{"password":"'"${HIDDEN_3}"'","user":"ann"}'"#,
                "--no-location",
            ]
        );
        let names: Vec<&str> = script
            .variables
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(names, ["HIDDEN_1", "HIDDEN_2", "HIDDEN_3"], "each its own");
    }

    #[test]
    fn a_body_that_is_no_text_of_a_known_type_is_sent_as_bytes() {
        let script = sent_to_curl(&Sent {
            method: "PUT",
            url: "https://api.acme.example/",
            headers: &[],
            body: Some("x"),
            mask: "•••",
        });
        assert!(script.command.contains("application/octet-stream"));
        assert_eq!(script.variables, []);
    }
}
