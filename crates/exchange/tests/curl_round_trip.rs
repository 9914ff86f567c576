//! Properties: nothing that is pasted makes the reader panic, and what is written is read back the same.

use latchwork_exchange::{
    CurlOptions, Piece, Secrets, escape, from_curl, pieces, recognise, to_curl,
};
use latchwork_model::{Body, FieldsBody, GraphqlBody, JsonBody, Parameter, Request, TextBody};
use proptest::prelude::*;
use serde_json::Value;

/// Text with all that is special to shells, templates and JSON.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,20}",
        "[\\PC]{0,8}",
        "[{}%#'\"$`\\\\!&;|<>=@\\n\\t ^-]{0,12}",
        Just("{{ vars.x }}".to_owned()),
    ]
}

/// Header values as they can be sent and read back: one line, no blanks around it, not empty.
fn header_value() -> impl Strategy<Value = String> {
    "[!-~]([ -~]{0,20}[!-~])?"
}

fn parameters(value: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<Parameter>> {
    let parameter =
        (text(), value).prop_map(|(name, value)| Parameter::new(escape(&name), escape(&value)));
    prop::collection::vec(parameter, 0..4)
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e15..1e15).prop_map(Value::from),
        text().prop_map(|text| Value::from(escape(&text).as_str())),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(text(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn body() -> impl Strategy<Value = Body> {
    let multipart_field =
        ("[a-z]{1,6}", text()).prop_map(|(name, value)| Parameter::new(name, escape(&value)));
    prop_oneof![
        Just(Body::None),
        json().prop_map(|value| Body::Json(JsonBody { value })),
        parameters(text()).prop_map(|fields| Body::Form(FieldsBody { fields })),
        prop::collection::vec(multipart_field, 1..4)
            .prop_map(|fields| Body::Multipart(FieldsBody { fields })),
        ("text/(plain|xml|csv)", text()).prop_map(|(content_type, text)| {
            Body::Text(TextBody {
                content_type,
                content: escape(&text),
            })
        }),
        json().prop_map(|value| Body::Graphql(GraphqlBody {
            query: "query Q($a: Int) { a(a: $a) }".to_owned(),
            variables: serde_json::json!({ "a": value }),
        })),
    ]
}

prop_compose! {
    fn request()(
        method in "GET|POST|PUT|PATCH|DELETE|HEAD|PURGE",
        path in "(/[a-z0-9._~%-]{0,6}){0,3}",
        query in parameters(text()),
        headers in prop::collection::vec(("X-[A-Za-z]{1,6}", header_value()), 0..4),
        body in body(),
        follow_redirects in any::<bool>(),
        timeout in prop::option::of(1_u32..1000),
    ) -> Request {
        let mut request = Request::new(&method, format!("https://api.acme.example{path}").as_str());
        request.query = query;
        request.headers = headers.iter().map(|(name, value)| Parameter::new(name.as_str(), escape(value))).collect();
        request.body = body;
        request.follow_redirects = follow_redirects;
        request.timeout_seconds = timeout.map(latchwork_model::Seconds::whole);
        request
    }
}

proptest! {
    #[test]
    fn a_written_request_is_read_back_the_same(request in request()) {
        let options = CurlOptions { secrets: Secrets::Keep, ..CurlOptions::default() };
        let script = to_curl(&request, &options);
        prop_assert_eq!(&script.variables, &vec![]);
        let import = from_curl(&script.command);
        let import = import.unwrap_or_else(|error| panic!("{error}\n{}", script.command));
        prop_assert_eq!(import.request, request, "{}", script.command);
    }

    #[test]
    fn z28_f43_nothing_that_is_pasted_makes_the_reader_panic(text in "\\PC{0,60}") {
        let _ = from_curl(&text);
        let _ = recognise(&text);
        let _ = from_curl(&format!("curl {text}"));
    }

    #[test]
    fn z28_nothing_that_looks_like_a_command_makes_the_reader_panic(
        words in prop::collection::vec(
            prop_oneof![
                Just("curl".to_owned()), Just("-d".to_owned()), Just("-H".to_owned()), Just("-F".to_owned()),
                Just("-G".to_owned()), Just("-u".to_owned()), Just("--json".to_owned()), Just("$'".to_owned()),
                Just("^\"".to_owned()), Just("\\\n".to_owned()), Just("^\r\n".to_owned()), Just("`\n".to_owned()),
                Just("https://x.example/?a=b".to_owned()), Just("\\ud83d".to_owned()), Just("'".to_owned()),
                text(),
            ],
            0..16,
        ),
        separator in "| ",
    ) {
        let text = format!("curl {}", words.join(&separator));
        let _ = from_curl(&text);
        let _ = recognise(&text);
    }

    #[test]
    fn escaped_text_is_text_again(given in text()) {
        let expected: Vec<Piece> = if given.is_empty() { vec![] } else { vec![Piece::Text(given.clone())] };
        prop_assert_eq!(pieces(escape(&given).as_str()), expected);
    }

    #[test]
    fn requests_with_any_template_can_be_written(url in text(), value in text(), body in text()) {
        let mut request = Request::new("POST", url.as_str());
        request.headers.push(Parameter::new("Authorization", value.as_str()));
        request.query.push(Parameter::new(value.as_str(), body.as_str()));
        request.body = Body::Json(JsonBody { value: Value::from(body) });
        let script = to_curl(&request, &CurlOptions::default()).script();
        prop_assert!(script.starts_with("#!/bin/sh\n"));
    }
}

/// The words that a real shell makes of a command.
#[cfg(unix)]
fn words_of_shell(command: &str) -> Vec<String> {
    let script = format!("set -- {command}\nprintf '%s\\0' \"$@\"");
    let output = std::process::Command::new("/bin/sh")
        .arg("-c")
        .arg(script)
        .env_clear()
        .output()
        .expect("sh runs");
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[cfg(unix)]
proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_real_shell_reads_what_was_written_as_this_reader_does(request in request()) {
        let options = CurlOptions { secrets: Secrets::Keep, ..CurlOptions::default() };
        let words = words_of_shell(&to_curl(&request, &options).command);
        let quoted: Vec<_> = words.iter().map(|word| format!("'{}'", word.replace('\'', r"'\''"))).collect();
        prop_assert_eq!(from_curl(&quoted.join(" ")).map(|import| import.request), Ok(request));
    }
}
