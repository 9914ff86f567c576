//! What a person pastes, and what it is taken for.

use latchwork_exchange::{ClipboardError, Pasted, TEXT_LIMIT, recognise};
use latchwork_model::{Step, StepKind};
use serde_json::json;

fn step(text: &str) -> Step {
    recognise(text)
        .expect("it is recognised")
        .into_step()
        .expect("it becomes a step")
}

#[test]
fn a_copied_step_is_a_step_with_or_without_its_wrapper() {
    let bare = json!({ "id": "wait", "type": "set_variables", "outputs": [{ "name": "a", "value": "{{ 1 }}" }] });
    let wrapped = json!({ "format": "latchwork.step/1", "step": bare });
    for text in [
        bare.to_string(),
        wrapped.to_string(),
        format!("\u{feff}```json\n{wrapped:#}\n```\n"),
    ] {
        let step = step(&text);
        assert_eq!(step.id, "wait");
        assert_eq!(
            step.outputs[0].value.as_str(),
            "{{ 1 }}",
            "a step's templates stay templates"
        );
    }
}

#[test]
fn a_bare_request_becomes_an_api_request() {
    let step = step(r#"{ "method": "POST", "url": "/v1/log-in?x=1" }"#);
    assert_eq!(step.id, "log_in");
    assert!(matches!(step.kind, StepKind::ApiRequest(api) if api.request.method == "POST"));
}

#[test]
fn a_curl_command_becomes_an_api_request_with_its_notes() {
    let pasted = recognise("```sh\ncurl -k https://api.acme.example/v2/sessions/12345 -d a=b\n```")
        .expect("a command");
    assert!(matches!(pasted, Pasted::Curl(_)));
    assert_eq!(pasted.notes().len(), 1);
    assert_eq!(pasted.into_step().expect("a step").id, "sessions");
}

#[test]
fn an_address_becomes_a_get_request_with_its_query_apart() {
    let pasted = recognise(" https://api.acme.example/?q={{x}}&page=2 \n").expect("an address");
    let Pasted::Url(import) = &pasted else {
        panic!("{pasted:?}")
    };
    assert_eq!(import.request.url.as_str(), "https://api.acme.example/");
    assert_eq!(import.request.query[0].value.as_str(), "{{ '{{' }}x}}");
    assert_eq!(pasted.into_step().expect("a step").id, "step");
    let pasted = recognise("https://user:pass@api.acme.example/body").expect("an address");
    let Pasted::Url(import) = &pasted else {
        panic!("{pasted:?}")
    };
    assert_eq!(
        import.request.headers[0].value.as_str(),
        "Basic dXNlcjpwYXNz"
    );
    assert_eq!(
        pasted.into_step().expect("a step").id,
        "step",
        "`body` is no id for a step"
    );
}

#[test]
fn a_connector_file_is_handed_on_unread() {
    let text = r#"{ "format": "latchwork.connector/1", "name": "x" }"#;
    assert_eq!(recognise(text), Ok(Pasted::Connector(text.to_owned())));
    assert_eq!(recognise(text).expect("a connector").into_step(), None);
}

#[test]
fn f43_hostile_or_newer_content_is_refused_in_words() {
    for (text, message) in [
        ("", "the clipboard holds no text"),
        (
            "Don't forget the milk",
            "what was pasted is no step, no cURL command and no address",
        ),
        (
            "{ \"a\": 1 }",
            "what was pasted is no step, no cURL command and no address",
        ),
        (
            "{ \"a\": ",
            "what was pasted is not whole JSON: line 1, column 6",
        ),
        (
            "{ \"format\": \"latchwork.step/2\" }",
            "`latchwork.step/2` was made by a newer Latchwork; this one reads `latchwork.step/1`",
        ),
        (
            "curl 'https://x.example/",
            "the cURL command cannot be read: line 1, column 6: the quote ' that begins here is never closed: was all of the command copied?",
        ),
    ] {
        assert_eq!(
            recognise(text).expect_err("it is refused").to_string(),
            message
        );
    }
    let unknown_field = r#"{ "id": "a", "type": "api_request", "request": { "method": "GET", "url": "/", "heders": [] } }"#;
    let Err(ClipboardError::File(error)) = recognise(unknown_field) else {
        panic!("it is refused")
    };
    assert_eq!(error.findings[0].path, "request.heders");
    let deep = format!(
        "{{\"id\":\"a\",\"type\":\"form\",\"fields\":{}{}}}",
        "[".repeat(5000),
        "]".repeat(5000)
    );
    assert!(matches!(recognise(&deep), Err(ClipboardError::Json { .. })));
    assert!(matches!(
        recognise(&" ".repeat(TEXT_LIMIT + 1)),
        Err(ClipboardError::TooLarge { .. })
    ));
}

#[test]
fn a_wrapper_without_its_step_is_told_so() {
    let Err(ClipboardError::File(error)) = recognise(r#"{ "format": "latchwork.step/1" }"#) else {
        panic!("it is refused")
    };
    assert!(error.to_string().contains("missing field"), "{error}");
}
