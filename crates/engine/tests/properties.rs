//! What holds for any value: a JSON body never breaks, a mask never lets a secret through.

use latchwork_engine::template::{Moment, Scope, Templates};
use latchwork_engine::{Engine, MASK, RunInput};
use latchwork_model::read_connector;
use latchwork_testkit::{Answer, FakeHost, FaultServer, Route, find_leak};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON whose leaves are what a form or an answer may give.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        prop_oneof![
            "\\{\\{.*\\}\\}",
            "\\{%.*%\\}",
            "[\"\\\\{}\\[\\],:\\n\\x00]*"
        ]
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A secret of six characters or more, without blanks at its ends: those are no part of it.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        "[!-~]{6,40}",
        "[a-zA-Z0-9+/=_-]{6,64}",
        "[^\\p{C}\\p{Z}]{6,20}",
        "[!-~][ -~é]{4,20}[!-~]"
    ]
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_json_body_holds_exactly_what_its_expressions_name(value in any_json(), text in ".*") {
        let templates = Templates::default();
        let mut scope = Scope::new();
        scope.set("login", json!({ "value": value, "text": text }));
        let document = json!({
            "alone": "{{ login.value }}",
            "list": ["{{ login.text }}", { "deep": "{{ login.value }}" }],
            "around": "a \"{{ login.text }}\" b",
            "plain": [1, null, true],
        });
        let moment = Moment::new(0, |bytes| bytes.fill(0));
        let rendered = templates.render_json_body(&document, &scope, &moment).expect("all names are there");
        let sent: Value = serde_json::from_str(&rendered.to_string()).expect("it is JSON still");
        let expected = json!({
            "alone": value,
            "list": [text, { "deep": value }],
            "around": format!("a \"{text}\" b"),
            "plain": [1, null, true],
        });
        prop_assert_eq!(sent, expected);
    }

    #[test]
    fn a_json_document_without_expressions_stays_as_it_is(value in any_json()) {
        fn is_literal(value: &Value) -> bool {
            match value {
                Value::String(text) => !["{{", "{%", "{#"].iter().any(|mark| text.contains(mark)),
                Value::Array(items) => items.iter().all(is_literal),
                Value::Object(members) => members.values().all(is_literal),
                _ => true,
            }
        }
        prop_assume!(is_literal(&value));
        let moment = Moment::new(0, |bytes| bytes.fill(0));
        let rendered = Templates::default().render_json_body(&value, &Scope::new(), &moment).expect("nothing to render");
        prop_assert_eq!(rendered, value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn z29_a_secret_is_told_nowhere_whatever_stands_around_it(
        secret in secret(), before in "[ -~é]{0,12}", after in "[ -~é]{0,12}", in_json in any::<bool>(),
    ) {
        // What stands around it must not happen to hold it too, nor the mask.
        prop_assume!(find_leak("ann /login /echo http POST GET application/json content-length", &secret).is_none());
        prop_assume!(!MASK.contains(&secret));
        let events = runtime().block_on(async {
            let around = format!("{before}{secret}{after}");
            let body = if in_json { json!({ "said": around }) } else { Value::String(around.clone()) };
            let server = FaultServer::start(vec![
                Route::new("/say", Answer { body: Some(body), ..Answer::default() }),
                Route::new("/*", Answer { echo: true, ..Answer::default() }),
            ]).await;
            let connector = read_connector(&json!({
                "format": "latchwork.connector/1", "name": "Masks", "kind": "rest", "base_url": server.origin(),
                "auth": { "method": "multistep", "steps": [
                    { "id": "ask", "type": "form", "title": "Sign in", "fields": [
                        { "key": "pass", "label": "Password", "type": "password" },
                    ] },
                    { "id": "say", "type": "api_request", "request": { "method": "GET", "url": "/say" } },
                    { "id": "send", "type": "api_request", "request": {
                        "method": "POST", "url": "/echo/{{ ask.pass }}",
                        "query": [{ "name": "a", "value": "{{ say.body.said | default(say.body) }}" }],
                        "body": { "type": "form", "fields": [{ "name": "b", "value": "x{{ ask.pass }}y" }] },
                    } },
                    { "id": "encoded", "type": "set_variables", "outputs": [
                        { "name": "a", "value": "{{ ('n:' ~ ask.pass ~ 'é') | base64encode }}" },
                        { "name": "b", "value": "{{ ('né:' ~ ask.pass) | base64url }}" },
                        { "name": "c", "value": "{{ ask.pass | urlencode }}{{ ask.pass }}{{ ask.pass | json }}" },
                    ] },
                ] },
            }).to_string()).expect("a valid connector");
            let host = FakeHost::new().answers("ask", json!({ "pass": secret }));
            let engine = Engine::default();
            let mut run = engine.run(&connector, RunInput::default(), &host).expect("a run");
            // A `.` for a path's segment is refused, which is as good a thing to tell of.
            let _ = run.auth_flow().await;
            host.events_json()
        });
        for event in events {
            let told = told(&event);
            prop_assert_eq!(find_leak(&told, &secret), None, "{}", told);
        }
    }
}

/// All texts of an event, as they are, one a line.
fn told(event: &Value) -> String {
    fn walk(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| walk(item, texts)),
            Value::Object(members) => members_of(members, texts),
            other => texts.push(other.to_string()),
        }
    }
    fn members_of(members: &Map<String, Value>, texts: &mut Vec<String>) {
        for (name, member) in members {
            texts.push(name.clone());
            walk(member, texts);
        }
    }
    let mut texts = Vec::new();
    walk(event, &mut texts);
    texts.join("\n")
}
