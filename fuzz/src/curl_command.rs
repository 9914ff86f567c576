//! A cURL command for sh, cmd or PowerShell: refused with its place, or a request in which all is text, never a
//! template, and which is written as a command that is read back the same.

use latchwork_exchange::{CurlOptions, Piece, Secrets, from_curl, pieces, to_curl};
use latchwork_model::{ApiRequestStep, Body, Request, Step, StepKind, Success, read_step};
use serde_json::Value;

use crate::input::text;

/// The command, or anything else.
pub fn run(data: &[u8]) {
    let text = text(data);
    let request = match from_curl(&text) {
        Ok(import) => import.request,
        Err(error) => {
            let lines = text.split('\n').count();
            assert!((1..=lines).contains(&error.line), "{error}");
            return;
        }
    };
    let step = Step::new(
        "pasted",
        StepKind::ApiRequest(ApiRequestStep {
            request: request.clone(),
            success: Success::default(),
        }),
    );
    let value = serde_json::to_value(&step).expect("a step is JSON");
    assert_eq!(read_step(value), Ok(step));
    for template in templates(&request) {
        let is_text = pieces(&template)
            .iter()
            .all(|piece| matches!(piece, Piece::Text(_)));
        assert!(is_text, "what was pasted would be evaluated: {template}");
    }
    // No word of a command can hold a NUL. What is taken off an address, control characters at its end and curl's own
    // escapes (`\\[`), is taken off anew each time.
    let is_odd = |character: char| character == '\\' || character.is_control();
    let texts = templates(&request);
    if request.url.as_str().contains(is_odd) || texts.iter().any(|text| text.contains('\0')) {
        return;
    }
    if matches!(&request.body, Body::Multipart(form) if form.fields.is_empty()) {
        // All of its files were left out. curl has no word for a form of nothing.
        return;
    }
    // An address is written as addresses are; all else comes back as it was, and from then on the address does too.
    let back = there_and_back(&request);
    let with_its_address = Request {
        url: request.url.clone(),
        query: request.query.clone(),
        ..back.clone()
    };
    assert_eq!(with_its_address, request);
    assert_eq!(there_and_back(&back), back);
}

fn there_and_back(request: &Request) -> Request {
    let options = CurlOptions {
        secrets: Secrets::Keep,
        ..CurlOptions::default()
    };
    let written = to_curl(request, &options).command;
    let back = from_curl(&written);
    back.unwrap_or_else(|error| panic!("what was written is refused: {error}\n{written}"))
        .request
}

/// Everything in a request that is rendered.
fn templates(request: &Request) -> Vec<String> {
    let mut found = vec![request.url.to_string()];
    let mut lists = vec![&request.query, &request.headers];
    match &request.body {
        Body::Form(form) | Body::Multipart(form) => lists.push(&form.fields),
        Body::Text(text) => found.push(text.content.to_string()),
        Body::Json(json) => strings(&json.value, &mut found),
        Body::Graphql(graphql) => strings(&graphql.variables, &mut found),
        Body::None => {}
    }
    for parameter in lists.into_iter().flatten() {
        found.extend([parameter.name.to_string(), parameter.value.to_string()]);
    }
    found
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(members) => members.values().for_each(|member| strings(member, found)),
        _ => {}
    }
}
