//! Every place of a connector that can hold a credential.

mod values;

use latchwork_model::{Connector, read_shape, validate, write_connector};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::FoundSecrets;

fn connector(members: &Value) -> Connector {
    let mut document = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://api.acme.example",
        "auth": { "method": "none" },
    });
    for (name, value) in members.as_object().unwrap() {
        document[name] = value.clone();
    }
    read_shape(&document.to_string()).unwrap()
}

/// The file that is left and the values that were taken; none of them is in the file.
fn taken(members: &Value) -> (String, Vec<(String, Option<String>)>) {
    let mut connector = connector(members);
    let found = FoundSecrets::take(&mut connector);
    assert_eq!(validate(&connector), [], "{members}");
    let text = write_connector(&connector);
    assert!(!text.contains("SECRET"), "{text}");
    let found = found.into_iter().map(|secret| {
        let value = secret.value.as_ref();
        let value = value.map(|value| value.expose_secret().to_owned());
        (secret.name, value)
    });
    (text, found.collect())
}

fn names(members: &Value) -> Vec<String> {
    taken(members).1.into_iter().map(|(name, _)| name).collect()
}

fn oauth(mut own: Value) -> Value {
    for (name, value) in [
        ("client_id", json!("app")),
        ("client_secret", json!("cs-SECRET")),
        ("client_key", json!("ck-SECRET")),
        (
            "authorization_url",
            json!("https://id.example/a?key=au-SECRET"),
        ),
        ("token_url", json!("https://id.example/t?x&key=tu-SECRET")),
        (
            "token_headers",
            json!([{ "name": "X-Api-Key", "value": "th-SECRET" }]),
        ),
        (
            "refresh_params",
            json!([{ "name": "password", "value": "rp-SECRET" }]),
        ),
    ] {
        own[name] = value;
    }
    own
}

const OF_OAUTH: [&str; 6] = [
    "client_secret",
    "client_key",
    "key",
    "key_2",
    "password",
    "api_key",
];

#[test]
fn every_kind_of_oauth_step_and_grant_gives_up_all_of_its_credentials() {
    let jwt = json!({ "key": "pk-SECRET", "algorithm": "RS256", "claims": { "sub": "ann", "secret": "cl-SECRET" } });
    let device = json!({ "device_authorization_url": "https://id.example/d?key=dv-SECRET" });
    for (kind, own, more) in [
        ("authorization_code", json!({}), vec![]),
        ("pkce", json!({}), vec![]),
        ("client_credentials", json!({}), vec![]),
        ("device_code", device, vec!["key_3"]),
        ("jwt_bearer", jwt, vec!["private_key", "secret"]),
    ] {
        let mut expected: Vec<&str> = OF_OAUTH.iter().copied().chain(more).collect();
        expected.sort_unstable();
        let mut grant = oauth(own.clone());
        grant["method"] = "oauth2".into();
        grant["grant"] = kind.into();
        let mut found = names(&json!({ "auth": grant }));
        found.sort_unstable();
        assert_eq!(found, expected, "{kind} as the method");
        let mut step = oauth(own);
        step["id"] = "oauth".into();
        step["type"] = format!("oauth2_{kind}").into();
        for auth in [
            json!({ "method": "multistep", "steps": [step] }),
            json!({ "method": "multistep", "steps": [], "refresh": { "mode": "steps", "steps": [step] } }),
        ] {
            let mut connector = connector(&json!({ "auth": auth }));
            let found = FoundSecrets::take(&mut connector);
            let text = write_connector(&connector);
            assert!(!text.contains("SECRET"), "{text}");
            let mut found: Vec<&str> = found.iter().map(|secret| secret.name.as_str()).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{kind} as a step");
        }
    }
}

#[test]
fn every_other_step_gives_up_its_credentials() {
    let request = json!({ "method": "POST", "url": "/x", "headers": [{ "name": "X-Api-Key", "value": "k-SECRET" }] });
    for (step, name) in [
        (
            json!({ "type": "form", "title": "Sign in", "fields": [
            { "key": "pin", "label": "PIN", "type": "password", "default": "p-SECRET" }] }),
            "pin",
        ),
        (
            json!({ "type": "api_request", "request": request }),
            "api_key",
        ),
        (
            json!({ "type": "poll", "request": request, "until": "{{ body.done }}" }),
            "api_key",
        ),
        (
            json!({ "type": "basic_auth", "username": "ann", "password": "p-SECRET" }),
            "client_secret",
        ),
        (
            json!({ "type": "basic_auth", "username": "u-SECRET", "password": "" }),
            "api_key",
        ),
        (
            json!({ "type": "basic_auth", "username": "u-SECRET" }),
            "username",
        ),
        (
            json!({ "type": "set_variables", "outputs": [{ "name": "token", "value": "Bearer t-SECRET" }] }),
            "token",
        ),
    ] {
        let mut step = step;
        step["id"] = "one".into();
        let auth = json!({ "method": "multistep", "steps": [step] });
        assert_eq!(names(&json!({ "auth": auth })), [name], "{step}");
        if !matches!(step["type"].as_str(), Some("form" | "basic_auth")) {
            let auth = json!({ "method": "multistep", "steps": [], "refresh": { "mode": "steps", "steps": [step] } });
            assert_eq!(
                names(&json!({ "auth": auth })),
                [name],
                "refreshed by {step}"
            );
        }
    }
}

#[test]
fn signatures_give_up_their_credentials() {
    let aws = json!({
        "access_key_id": "AK", "secret_access_key": "s-SECRET", "session_token": "t-SECRET", "region": "eu-central-1",
        "service": "s3",
    });
    let mut method = aws.clone();
    method["method"] = "aws_sigv4".into();
    let mut signing = aws;
    signing["type"] = "aws_sigv4".into();
    for auth in [
        method,
        json!({ "method": "multistep", "steps": [], "signing": signing }),
    ] {
        assert_eq!(
            names(&json!({ "auth": auth })),
            ["secret_access_key", "session_token"]
        );
    }
    let oauth1 = json!({
        "type": "oauth1", "consumer_key": "ck", "consumer_secret": "cs-SECRET", "token": "t-SECRET",
        "token_secret": "ts-SECRET", "signature_method": "HMAC-SHA1",
    });
    assert_eq!(
        names(&json!({ "auth": { "method": "multistep", "steps": [], "signing": oauth1 } })),
        ["consumer_secret", "access_token", "token_secret"]
    );
}

fn endpoint(request: &Value) -> Value {
    json!({ "endpoints": [{ "id": "one", "request": request }] })
}

fn found(name: &str, value: &str) -> (String, Option<String>) {
    (name.to_owned(), Some(value.to_owned()))
}

#[test]
fn text_beside_an_expression_is_taken_and_the_expression_stays() {
    let header = |name: &str, value: &str| json!({ "method": "GET", "url": "/x", "headers": [{ "name": name, "value": value }] });
    for (request, left, name, value) in [
        (
            header("Authorization", "Bearer {{ vars.x }}abc-SECRET"),
            "Bearer {{ vars.x }}{{ vars.token }}",
            "token",
            "abc-SECRET",
        ),
        (
            header("X-Credentials", "key={{ vars.a }}&token=l-SECRET"),
            "key={{ vars.a }}&token={{ vars.token }}",
            "token",
            "l-SECRET",
        ),
        (
            header("Cookie", "sid={{ vars.a }}; auth=c-SECRET"),
            "sid={{ vars.a }}; auth={{ vars.auth }}",
            "auth",
            "c-SECRET",
        ),
    ] {
        let mut members = endpoint(&request);
        members["variables"] =
            json!([{ "name": "x", "secret": true }, { "name": "a", "secret": true }]);
        let (text, all) = taken(&members);
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            document["endpoints"][0]["request"]["headers"][0]["value"],
            left
        );
        assert_eq!(all[2..], [found(name, value)], "{request}");
    }
}

#[test]
fn the_query_of_an_address_gives_up_its_credentials_decoded() {
    for (url, left, values) in [
        (
            "/x?flag&api_key=a%2Bb-SECRET&page=2#end",
            "/x?flag&api_key={{ vars.api_key }}&page=2#end",
            vec![found("api_key", "a+b-SECRET")],
        ),
        (
            "{{ vars.host }}/x?flag&token={{ vars.host }}t-SECRET&flag",
            "{{ vars.host }}/x?flag&token={{ vars.host }}{{ vars.token }}&flag",
            vec![found("token", "t-SECRET")],
        ),
        (
            "/x?{{ vars.host }}_token=t-SECRET",
            "/x?{{ vars.host }}_token={{ vars.token }}",
            vec![found("token", "t-SECRET")],
        ),
        ("/x?flag&page_token=next", "/x?flag&page_token=next", vec![]),
    ] {
        let mut members = endpoint(&json!({ "method": "GET", "url": url }));
        members["variables"] = json!([{ "name": "host", "value": "https://api.acme.example" }]);
        let (text, all) = taken(&members);
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["endpoints"][0]["request"]["url"], left);
        let all: Vec<_> = all.into_iter().filter(|(name, _)| name != "host").collect();
        assert_eq!(all, values, "{url}");
    }
}

#[test]
fn a_body_that_is_text_gives_up_its_credentials_in_its_own_writing() {
    for (content_type, content, left, values) in [
        (
            "application/x-www-form-urlencoded",
            "flag&user={{ vars.a }}&password=p%26q-SECRET",
            "flag&user={{ vars.a }}&password={{ vars.password | urlencode }}",
            vec![found("password", "p&q-SECRET")],
        ),
        (
            "application/json; charset=utf-8",
            r#"{"n": {{ vars.a }}, "token" : "l\"-SECRET", "note": "token"}"#,
            r#"{"n": {{ vars.a }}, "token" : {{ vars.token | json }}, "note": "token"}"#,
            vec![found("token", "l\"-SECRET")],
        ),
        (
            "application/json",
            r#"{"n": {{ vars.a }}, "token": "{{ vars.a }}l-SECRET"}"#,
            r#"{"n": {{ vars.a }}, "token": "{{ vars.a }}{{ vars.token }}"}"#,
            vec![found("token", "l-SECRET")],
        ),
        (
            "text/xml",
            r#"<s:Login token="t-SECRET"><wsse:Password Type="Text"> p-SECRET </wsse:Password><User>ann</User></s:Login>"#,
            r#"<s:Login token="{{ vars.token | xmlescape }}"><wsse:Password Type="Text"> {{ vars.password | xmlescape }} </wsse:Password><User>ann</User></s:Login>"#,
            vec![found("token", "t-SECRET"), found("password", "p-SECRET")],
        ),
        (
            "application/json",
            r#"{"n": {{ vars.a }}, "password": -470011.5e1, "token": 47{{ vars.a }}}"#,
            r#"{"n": {{ vars.a }}, "password": {{ vars.password }}, "token": 47{{ vars.a }}}"#,
            vec![found("password", "-470011.5e1")],
        ),
        (
            "text/xml",
            r#"<wsse:Password Type="http://docs.example/wss#PasswordText">p-SECRET</wsse:Password><password xmlns="http://a.example/"/>"#,
            r#"<wsse:Password Type="http://docs.example/wss#PasswordText">{{ vars.password | xmlescape }}</wsse:Password><password xmlns="http://a.example/"/>"#,
            vec![found("password", "p-SECRET")],
        ),
        (
            "text/xml",
            "<a><![CDATA[b]]></a><password> <![CDATA[<p>&-SECRET]]> </password>",
            "<a><![CDATA[b]]></a><password> {{ vars.password | xmlescape }} </password>",
            vec![found("password", "<p>&-SECRET")],
        ),
        (
            "text/xml",
            "<password><![CDATA[{{ vars.a }}p-SECRET]]></password><token><![CDATA[",
            "<password><![CDATA[{{ vars.a }}{{ vars.password }}]]></password><token><![CDATA[",
            vec![found("password", "p-SECRET")],
        ),
        (
            "text/xml",
            r#"<Login password='p"-SECRET' token = "t'-SECRET" user='ann'/>"#,
            "<Login password='{{ vars.password | xmlescape }}' token = \"{{ vars.token | xmlescape }}\" user='ann'/>",
            vec![found("password", "p\"-SECRET"), found("token", "t'-SECRET")],
        ),
        (
            "text/plain",
            "a token: none, <password/> <b>:\"</b> {{ vars.a }}",
            "a token: none, <password/> <b>:\"</b> {{ vars.a }}",
            vec![],
        ),
    ] {
        let body = json!({ "type": "text", "content_type": content_type, "content": content });
        let mut members = endpoint(&json!({ "method": "POST", "url": "/x", "body": body }));
        members["variables"] = json!([{ "name": "a", "value": "1" }]);
        let (text, all) = taken(&members);
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["endpoints"][0]["request"]["body"]["content"], left);
        let all: Vec<_> = all.into_iter().filter(|(name, _)| name != "a").collect();
        assert_eq!(all, values, "{content}");
    }
}

#[test]
fn a_credential_that_is_an_inputs_default_is_a_variable_where_it_stood() {
    let (text, all) = taken(&json!({ "endpoints": [{
        "id": "one", "inputs": [{ "name": "bot_token", "default": "b-SECRET" }, { "name": "page", "default": "1" },
            { "name": "passcode", "type": "number", "default": 470_011 }],
        "request": { "method": "GET", "url": "/{{ input.bot_token }}/x/{{ input.page }}?y={{ input.passcode }}" },
    }] }));
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        document["endpoints"][0]["request"]["url"],
        "/{{ vars.bot_token }}/x/{{ input.page }}?y={{ vars.passcode }}"
    );
    assert_eq!(
        document["endpoints"][0]["inputs"],
        json!([{ "name": "page", "type": "text", "default": "1" }])
    );
    assert_eq!(
        all,
        [found("bot_token", "b-SECRET"), found("passcode", "470011")]
    );
}
