//! A preset that is turned into multistep is the same sign-in, seen as what it is made of.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

use latchwork_model::{
    Auth, Connector, ConnectorKind, Endpoint, Request, Severity, Test, check, fingerprint,
    read_shape, validate, write_connector,
};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Texts as people write them, and as nobody should.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,8}",
        ".{0,12}",
        Just(String::new()),
        Just("{{ vars.secret }}".to_owned()),
        Just("https://accounts.acme.example/token".to_owned()),
        Just("{% if vars.secret %}a{% endif %}".to_owned()),
    ]
}

/// An object with these members, the optional ones there or not.
fn object(
    required: &'static [&'static str],
    optional: &'static [&'static str],
) -> impl Strategy<Value = Map<String, Value>> {
    (vec(text(), required.len()), vec(of(text()), optional.len())).prop_map(
        move |(first, second)| {
            let there = required.iter().zip(first.into_iter().map(Some));
            let perhaps = optional.iter().zip(second);
            there
                .chain(perhaps)
                .filter_map(|(name, value)| Some(((*name).to_owned(), Value::String(value?))))
                .collect()
        },
    )
}

fn auth_of(fields: Map<String, Value>, more: Value) -> Auth {
    let mut auth = fields;
    if let Value::Object(more) = more {
        auth.extend(more);
    }
    serde_json::from_value(Value::Object(auth)).expect("an auth block of this shape")
}

fn parameters() -> impl Strategy<Value = Value> {
    let parameter = (text(), text(), any::<bool>()).prop_map(
        |(name, value, enabled)| json!({ "name": name, "value": value, "enabled": enabled }),
    );
    vec(parameter, 0..3).prop_map(Value::Array)
}

fn grant() -> impl Strategy<Value = Auth> {
    let shared = object(
        &["client_id"],
        &[
            "client_secret",
            "issuer",
            "authorization_url",
            "token_url",
            "refresh_url",
            "revocation_url",
            "scope_separator",
            "client_key",
            "client_key_id",
            "redirect_uri",
            "code_param",
            "token_path",
            "audience",
            "resource",
        ],
    );
    let lists = (
        vec(text(), 0..3),
        btree_map("[a-z_]{1,8}", text(), 0..3),
        parameters(),
        parameters(),
        any::<bool>(),
    );
    let own = select(vec![
        json!({ "grant": "authorization_code", "pkce": "off" }),
        json!({ "grant": "pkce", "code_challenge_method": "plain" }),
        json!({ "grant": "client_credentials", "client_auth": "post", "token_body": "json" }),
        json!({ "grant": "device_code", "device_authorization_url": "https://a.example/device" }),
        json!({ "grant": "jwt_bearer", "key": "{{ vars.key }}", "algorithm": "RS256", "key_id": "k1",
                "claims": { "sub": "{{ vars.user }}", "n": u64::MAX }, "lifetime_seconds": 60 }),
    ]);
    (shared, lists, own).prop_map(|(fields, (scopes, names, params, headers, shared), own)| {
        let mut auth = fields;
        auth.insert("method".to_owned(), json!("oauth2"));
        auth.insert("scopes".to_owned(), json!(scopes));
        auth.insert("param_names".to_owned(), json!(names));
        auth.insert("token_params".to_owned(), params);
        auth.insert("refresh_headers".to_owned(), headers);
        auth.insert("shared_credentials".to_owned(), json!(shared));
        auth_of(auth, own)
    })
}

fn any_auth() -> impl Strategy<Value = Auth> {
    let location = select(vec!["query", "header", "body"]);
    prop_oneof![
        Just(Auth::None),
        (object(&["name", "value"], &[]), location).prop_map(|(fields, location)| {
            auth_of(fields, json!({ "method": "api_key", "location": location }))
        }),
        object(&["token"], &[]).prop_map(|fields| auth_of(fields, json!({ "method": "bearer" }))),
        object(&[], &["username", "password"])
            .prop_map(|fields| auth_of(fields, json!({ "method": "basic" }))),
        grant(),
        object(
            &["access_key_id", "secret_access_key", "region", "service"],
            &["session_token"]
        )
        .prop_map(|fields| auth_of(fields, json!({ "method": "aws_sigv4" }))),
        Just(auth_of(
            Map::new(),
            json!({ "method": "multistep", "steps": [ { "id": "a", "type": "basic_auth" } ],
                    "refresh": { "mode": "same_as_auth_flow" }, "request_parameters": [], "send_cookies": true })
        )),
    ]
}

fn connector(auth: Auth) -> Connector {
    let mut connector = Connector::new("Acme", ConnectorKind::Rest, "https://api.acme.example/v1");
    connector.auth = auth;
    connector
}

/// Every text of a JSON value, but for the tags that say which kind of thing it is.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "method" | "grant"))
            .for_each(|(_, member)| texts(member, found)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn the_plan_and_the_fingerprint_stay_and_every_text_is_still_there(auth in any_auth()) {
        let turned = auth.turned_into_multistep();
        prop_assert_eq!(turned.method(), "multistep");
        prop_assert_eq!(auth.plan(), turned.plan());
        prop_assert_eq!(&turned.turned_into_multistep(), &turned);
        prop_assert_eq!(fingerprint(&connector(auth.clone())), fingerprint(&connector(turned.clone())));
        let after = serde_json::to_string(&turned).unwrap();
        let mut before = Vec::new();
        texts(&serde_json::to_value(&auth).unwrap(), &mut before);
        for text in before {
            let written = serde_json::to_string(&text).unwrap();
            let inside = written.trim_matches('"');
            prop_assert!(after.contains(inside), "{} is not in {}", inside, after);
        }
    }

    #[test]
    fn what_is_turned_is_written_and_read_again_and_as_valid_as_before(auth in any_auth()) {
        let before = connector(auth);
        let mut after = before.clone();
        after.auth = before.auth.turned_into_multistep();
        let read = read_shape(&write_connector(&after)).expect("what is written is read");
        prop_assert_eq!(&read.auth, &after.auth);
        prop_assert_eq!(validate(&before).len(), validate(&after).len());
    }
}

/// What is wrong with a connector whose test request, endpoint and account's name use what a preset leaves.
fn errors(auth: &Value, expression: &str) -> Vec<String> {
    let turn = |turned: bool| {
        let auth: Auth = serde_json::from_value(auth.clone()).unwrap();
        let mut connector = connector(if turned {
            auth.turned_into_multistep()
        } else {
            auth
        });
        let request = Request::new("GET", format!("/me/{{{{ {expression} }}}}"));
        connector.account_name = Some(format!("{{{{ {expression} }}}}").into());
        connector.test = Some(Test {
            request: request.clone(),
            advanced: true,
        });
        connector.endpoints.push(Endpoint {
            id: "mine".to_owned(),
            name: String::new(),
            inputs: Vec::new(),
            request,
        });
        let errors = check(&connector)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error);
        errors
            .map(|finding| format!("{turned} {} {}", finding.path, finding.message))
            .collect::<Vec<_>>()
    };
    [turn(false), turn(true)].concat()
}

#[test]
fn what_uses_a_presets_outputs_is_right_before_and_after() {
    let oauth = json!({ "method": "oauth2", "grant": "client_credentials", "client_id": "a",
                        "token_url": "https://accounts.acme.example/token" });
    let basic = json!({ "method": "basic" });
    for (auth, expression) in [
        (&oauth, "oauth.access_token"),
        (&oauth, "oauth.raw.user.name"),
        (&basic, "basic.username"),
        (&basic, "basic.header"),
    ] {
        assert_eq!(
            errors(auth, expression),
            Vec::<String>::new(),
            "{expression}"
        );
    }
    // Each of the three places, before and after.
    assert_eq!(errors(&basic, "basic.session").len(), 6);
    assert_eq!(errors(&basic, "oauth.access_token").len(), 6);
}
