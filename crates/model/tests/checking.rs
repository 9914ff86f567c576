//! What the checker says, with its place and remedy.

use latchwork_model::{
    Connector, Severity, check, names_at, read_connector, references, rename_step,
};
use serde_json::{Value, json};

fn document() -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://api.acme.example",
        "variables": [ { "name": "device", "value": "desk" } ],
        "auth": { "method": "multistep",
            "steps": [
                { "id": "signin", "type": "form", "title": "Sign in", "fields": [
                    { "key": "email", "label": "E-mail", "type": "email" },
                    { "key": "password", "label": "Password", "type": "password" } ] },
                { "id": "login", "type": "api_request",
                  "request": { "method": "POST", "url": "/session", "body": { "type": "json", "value": {
                      "email": "{{ signin.email }}", "password": "{{ signin.password }}", "device": "{{ vars.device }}" } } },
                  "outputs": [ { "name": "renew", "value": "{{ body.renew }}" } ] } ],
            "refresh": { "mode": "steps", "steps": [
                { "id": "again", "type": "api_request", "request": { "method": "POST", "url": "/renew?t={{ login.renew }}" } } ],
                "updates": [ { "target": "login.body.token", "value": "{{ again.body.token }}" } ] },
            "request_parameters": [ { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" } ] },
        "endpoints": [ { "id": "one", "inputs": [ { "name": "id" } ], "request": { "method": "GET", "url": "/c/{{ input.id }}" } } ]
    })
}

fn connector(document: &Value) -> Connector {
    read_connector(&document.to_string()).expect("a valid connector")
}

fn first(change: impl FnOnce(&mut Value)) -> (&'static str, String, String, String) {
    let mut document = document();
    change(&mut document);
    let findings = check(&connector(&document));
    let finding = findings.first().expect("a finding").clone();
    (finding.code, finding.path, finding.message, finding.help)
}

#[test]
fn a_sound_connector_has_no_findings() {
    assert_eq!(check(&connector(&document())), []);
}

#[test]
fn an_undefined_name_is_told_with_its_place_and_the_nearest_name() {
    let (code, path, message, help) = first(|file| {
        file["auth"]["request_parameters"][0]["value"] = json!("Bearer {{ logn.body.token }}");
    });
    assert_eq!(
        (code, path.as_str()),
        ("template.undefined", "auth.request_parameters[0].value")
    );
    assert!(message.contains("`logn.body.token`"), "{message}");
    assert_eq!(help, "Did you mean `login.body.token`?");
    let (code, path, message, help) = first(|file| {
        file["auth"]["steps"][1]["request"]["body"]["value"]["email"] = json!("{{ signin.emial }}");
    });
    assert_eq!(
        (code, path.as_str()),
        (
            "template.undefined",
            "auth.steps[1].request.body.value.email"
        )
    );
    assert!(
        message.contains("`signin` has no `emial`; it has `email`, `password`"),
        "{message}"
    );
    assert_eq!(help, "Did you mean `signin.email`?");
    let (code, .., help) = first(|file| {
        file["endpoints"][0]["request"]["url"] = json!("/c/{{ input.idd }}{{ vars.devise }}");
    });
    assert_eq!(
        (code, help.as_str()),
        ("template.undefined", "Did you mean `input.id`?")
    );
}

#[test]
fn names_with_a_default_or_in_a_test_may_be_missing() {
    let mut file = document();
    file["auth"]["steps"][1]["when"] = json!("{{ other.thing is defined }}");
    file["auth"]["request_parameters"][0]["value"] =
        json!("{{ other.thing | default(login.body.token) }}");
    assert_eq!(check(&connector(&file)), []);
}

#[test]
fn f42_an_output_of_a_later_step_or_of_the_step_itself_is_told() {
    let (code, path, message, _) = first(|file| {
        file["auth"]["steps"][0]["fields"][0]["default"] = json!("{{ login.body.x }}");
    });
    assert_eq!(
        (code, path.as_str()),
        ("template.later_variable", "auth.steps[0].fields[0].default")
    );
    assert!(message.contains("runs later"), "{message}");
    let (code, ..) =
        first(|file| file["auth"]["steps"][1]["request"]["url"] = json!("/{{ login.status }}"));
    assert_eq!(code, "template.later_variable");
    let (code, path, ..) =
        first(|file| file["auth"]["steps"][1]["request"]["url"] = json!("/{{ again.status }}"));
    assert_eq!(
        (code, path.as_str()),
        ("template.later_variable", "auth.steps[1].request.url")
    );
}

#[test]
fn a_forms_own_outputs_may_use_what_was_just_answered() {
    let mut file = document();
    file["auth"]["steps"][0]["outputs"] =
        json!([{ "name": "user", "value": "{{ signin.email | lower }}" }]);
    file["auth"]["steps"][1]["request"]["body"]["value"]["email"] = json!("{{ signin.user }}");
    assert_eq!(check(&connector(&file)), []);
}

#[test]
fn a_disabled_steps_outputs_are_not_there() {
    let (code, _, message, _) = first(|file| file["auth"]["steps"][0]["disabled"] = json!(true));
    assert_eq!(code, "template.undefined");
    assert!(message.contains("disabled"), "{message}");
}

#[test]
fn syntax_faults_are_errors_with_a_place() {
    let (code, path, ..) =
        first(|file| file["endpoints"][0]["request"]["url"] = json!("/c/{{ input.id "));
    assert_eq!(
        (code, path.as_str()),
        ("template.syntax", "endpoints[0].request.url")
    );
}

#[test]
fn advice_is_given_as_warnings_and_information() {
    let mut file = document();
    file["auth"]["steps"][1]["request"]["headers"] =
        json!([{ "name": "X-Api-Key", "value": "0123456789" }]);
    file["auth"]["steps"][1]["request"]["url"] = json!("http://api.acme.example/session");
    file["auth"]["refresh"]["updates"] = json!([]);
    file["allowed_origins"] = json!(["https://*"]);
    file["auth"]["steps"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "spare", "type": "basic_auth" }));
    let findings = check(&connector(&file));
    let codes: Vec<_> = findings
        .iter()
        .map(|finding| (finding.code, finding.severity))
        .collect();
    for code in [
        "secret.plain_text",
        "address.insecure",
        "refresh.updates_nothing",
        "origin.any",
    ] {
        assert!(
            codes.contains(&(code, Severity::Warning)),
            "{code}: {codes:?}"
        );
    }
    assert_eq!(codes.last(), Some(&("step.unused", Severity::Info)));
}

#[test]
fn k3_who_an_account_is_comes_out_of_the_whole_auth_flow() {
    let mut file = document();
    file["account_name"] = json!("{{ login.body.user.email }}");
    assert_eq!(check(&connector(&file)), []);
    file["account_name"] = json!("{{ again.body.user.email }}");
    let findings = check(&connector(&file));
    let found: Vec<_> = findings.iter().map(|found| found.path.as_str()).collect();
    assert_eq!(
        found,
        ["account_name"],
        "it is no output of the refresh flow"
    );
}

#[test]
fn a_base_url_may_come_out_of_the_auth_flow() {
    let mut file = document();
    file["auth"]["steps"][1]["request"]["url"] = json!("https://login.acme.example/session");
    file["allowed_origins"] = json!(["https://*.acme.example"]);
    file["base_url"] = json!("{{ login.body.api_url }}");
    assert_eq!(check(&connector(&file)), []);
    let names = names_at(&connector(&file), "base_url");
    let has = |wanted: &str| names.iter().any(|name| name.name == wanted);
    assert!(has("login.body") && !has("again.body") && !has("connector.base_url"));
    for (wrong, code) in [
        ("{{ logn.body.api_url }}", "template.undefined"),
        ("{{ again.body.api_url }}", "template.later_variable"),
        ("http://{{ login.body.host }}", "address.insecure"),
    ] {
        file["base_url"] = json!(wrong);
        let findings = check(&connector(&file));
        let found: Vec<_> = findings
            .iter()
            .map(|found| (found.code, found.path.as_str()))
            .collect();
        assert_eq!(found, [(code, "base_url")], "{wrong}");
    }
}

#[test]
fn s10_the_names_at_a_place_are_those_of_earlier_steps() {
    let file = connector(&document());
    let names = |path: &str| {
        names_at(&file, path)
            .into_iter()
            .map(|name| name.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names("auth.steps[0].fields[0].default"),
        [
            "vars.device",
            "connector.base_url",
            "connector.name",
            "account.name"
        ]
    );
    let second = names("auth.steps[1].request.url");
    assert!(
        second.contains(&"signin.email".to_owned())
            && !second.iter().any(|name| name.starts_with("login"))
    );
    assert!(names("auth.steps[1].outputs[0].value").contains(&"body".to_owned()));
    let parameter = names("auth.request_parameters[0].value");
    assert!(
        parameter.contains(&"login.renew".to_owned())
            && parameter.contains(&"request.body".to_owned())
    );
    assert!(names("endpoints[0].request.url").contains(&"input.id".to_owned()));
    assert!(names("auth.refresh.updates[0].value").contains(&"again.body".to_owned()));
}

#[test]
fn s9_renaming_a_step_rewrites_its_references_and_nothing_else() {
    let mut file = document();
    file["auth"]["steps"][1]["request"]["body"]["value"]["a.b[0]"] =
        json!("{{ signin.email }} 'signin.email'");
    let before = connector(&file);
    let changed = rename_step(&mut file, &before, "signin", "person").expect("a free name");
    assert_eq!(changed, 3);
    let after = connector(&file);
    assert_eq!(references(&after, "signin"), []);
    assert_eq!(references(&after, "person").len(), 3);
    assert_eq!(file["auth"]["steps"][0]["id"], "person");
    assert_eq!(
        file["auth"]["steps"][1]["request"]["body"]["value"]["a.b[0]"],
        "{{ person.email }} 'signin.email'"
    );
    let changed = rename_step(&mut file, &after, "login", "session").expect("a free name");
    assert_eq!(
        changed, 3,
        "the URL, the update's target and the request parameter"
    );
    assert_eq!(
        file["auth"]["refresh"]["updates"][0]["target"],
        "session.body.token"
    );
    assert_eq!(check(&connector(&file)), []);
}

/// What is told of a connector whose auth is this.
fn codes(auth: Value) -> Vec<(&'static str, String)> {
    let mut document = document();
    document["auth"] = auth;
    document["variables"] = json!([]);
    let findings = check(&connector(&document));
    findings
        .into_iter()
        .map(|finding| (finding.code, finding.path))
        .collect()
}

#[test]
fn z3_weak_or_missing_pkce_is_warned_of_in_steps_and_presets() {
    let oauth = json!({
        "client_id": "a", "authorization_url": "https://a.example/a", "token_url": "https://a.example/t",
    });
    let with = |members: Value| {
        let mut object = oauth.clone();
        object
            .as_object_mut()
            .expect("an object")
            .extend(members.as_object().expect("an object").clone());
        object
    };
    let flow = |step: Value| {
        json!({ "method": "multistep", "steps": [step], "request_parameters": [
            { "location": "header", "name": "Authorization", "value": "Bearer {{ o.access_token }}" } ] })
    };
    let off = json!({ "id": "o", "type": "oauth2_authorization_code", "pkce": "off" });
    let plain = json!({ "id": "o", "type": "oauth2_pkce", "code_challenge_method": "plain" });
    let sound = json!({ "id": "o", "type": "oauth2_pkce" });
    assert_eq!(codes(flow(with(sound))), []);
    assert_eq!(
        codes(flow(with(off))),
        [("oauth.no_pkce", "auth.steps[0].pkce".to_owned())]
    );
    assert_eq!(
        codes(flow(with(plain))),
        [(
            "oauth.pkce_plain",
            "auth.steps[0].code_challenge_method".to_owned()
        )]
    );
    let preset = with(json!({ "method": "oauth2", "grant": "authorization_code", "pkce": "off" }));
    assert_eq!(codes(preset), [("oauth.no_pkce", "auth.pkce".to_owned())]);
    let no_secret = with(json!({ "id": "o", "type": "oauth2_pkce", "client_auth": "post" }));
    assert_eq!(
        codes(flow(no_secret)),
        [(
            "oauth.no_client_secret",
            "auth.steps[0].client_auth".to_owned()
        )]
    );
    let header = with(json!({ "id": "o", "type": "oauth2_pkce", "token_headers": [
        { "name": "Authorization", "value": "Basic abc" } ] }));
    assert_eq!(
        codes(flow(header)),
        [(
            "secret.plain_text",
            "auth.steps[0].token_headers[0].value".to_owned()
        )]
    );
}

#[test]
fn an_oauth_step_that_cannot_work_is_no_valid_file() {
    for (members, path) in [
        (
            json!({ "client_auth": "private_key_jwt" }),
            "auth.client_key",
        ),
        (json!({ "client_registration": "dynamic" }), "auth.issuer"),
    ] {
        let mut document = document();
        document["auth"] = json!({
            "method": "oauth2", "grant": "pkce", "client_id": "a",
            "authorization_url": "https://a.example/a", "token_url": "https://a.example/t",
        });
        document["auth"]
            .as_object_mut()
            .expect("an object")
            .extend(members.as_object().expect("an object").clone());
        let error = read_connector(&document.to_string()).expect_err("it is refused");
        assert!(
            error.findings.iter().any(|fault| fault.path == path),
            "{error:?}"
        );
    }
}

#[test]
fn renaming_changes_the_texts_that_it_means_whatever_members_are_called() {
    let mut file = document();
    let value = json!({
        "": "{{ signin.a }}",
        "a.b": { "c": "{{ signin.b }}" },
        "a": { "b.c": "{{ signin.c }}", "b": { "c": 1 } },
        "[0]": ["{{ signin.d }}"],
        ".": { "": { "x": "{{ signin.e }}" } },
        "signin": "signin",
    });
    let there = value.to_string().replace("{{ signin", "{{ person");
    file["auth"]["steps"][1]["request"]["body"]["value"] = value;
    let before = connector(&file);
    assert_eq!(rename_step(&mut file, &before, "signin", "person"), Ok(5));
    let body = &file["auth"]["steps"][1]["request"]["body"]["value"];
    assert_eq!(body.to_string(), there);
}

#[test]
fn renaming_is_refused_where_a_template_has_a_variable_of_that_name() {
    let mut file = document();
    file["endpoints"][0]["request"]["url"] =
        json!("/{% for item in login.items %}{{ login.body.token }}{{ item }}{% endfor %}");
    let before = connector(&file);
    let untouched = file.clone();
    let refused = rename_step(&mut file, &before, "login", "item").expect_err("it is taken");
    assert_eq!(refused.path, "endpoints[0].request.url");
    assert_eq!(file, untouched);
    assert!(rename_step(&mut file, &before, "login", "entry").is_ok());
}

#[test]
fn renaming_reaches_parameters_that_are_switched_off() {
    let mut file = document();
    file["auth"]["request_parameters"][0]["enabled"] = json!(false);
    file["endpoints"][0]["request"]["query"] =
        json!([{ "name": "a", "value": "{{ login.body.a }}", "enabled": false }]);
    let before = connector(&file);
    assert_eq!(rename_step(&mut file, &before, "login", "session"), Ok(4));
    assert_eq!(
        file["endpoints"][0]["request"]["query"][0]["value"],
        "{{ session.body.a }}"
    );
}

#[test]
fn keys_and_tokens_of_signatures_are_warned_of_where_they_are_written_out() {
    let signed = |signing: Value| {
        let auth = json!({ "method": "multistep", "steps": [], "request_parameters": [], "signing": signing });
        let found = codes(auth).into_iter();
        found
            .map(|(code, path)| format!("{code} {path}"))
            .collect::<Vec<_>>()
    };
    let aws = |secret: &str, session: &str| {
        signed(
            json!({ "type": "aws_sigv4", "access_key_id": "AKIAEXAMPLE", "secret_access_key": secret,
            "session_token": session, "region": "eu-central-1", "service": "s3" }),
        )
    };
    assert_eq!(
        aws("written out", "too"),
        [
            "secret.plain_text auth.signing.secret_access_key",
            "secret.plain_text auth.signing.session_token"
        ]
    );
    assert_eq!(aws("{{ connector.name }}", ""), [""; 0]);
    let oauth1 = json!({ "type": "oauth1", "consumer_key": "key", "consumer_secret": "written out",
        "token": "too", "token_secret": "also", "signature_method": "HMAC-SHA1" });
    assert_eq!(
        signed(oauth1),
        [
            "secret.plain_text auth.signing.consumer_secret",
            "secret.plain_text auth.signing.token",
            "secret.plain_text auth.signing.token_secret"
        ]
    );
    let assertion = json!({ "method": "oauth2", "grant": "jwt_bearer", "token_url": "https://api.example/token",
        "key": "written out", "algorithm": "HS256" });
    assert_eq!(
        codes(assertion),
        [("secret.plain_text", "auth.key".to_owned())]
    );
}

#[test]
fn a_proxys_password_is_warned_of_and_its_names_are_checked() {
    let with_proxy = |proxy: &str| {
        let mut file = document();
        file["network"] = json!({ "proxy": proxy });
        let found = check(&connector(&file)).into_iter();
        found
            .map(|found| (found.code, found.path))
            .collect::<Vec<_>>()
    };
    let place = || "network.proxy".to_owned();
    assert_eq!(with_proxy("http://proxy.example:3128"), []);
    assert_eq!(
        with_proxy("http://ann:written-out@proxy.example"),
        [("secret.plain_text", place())]
    );
    assert_eq!(
        with_proxy("http://ann:{{ vars.nowhere }}@proxy.example"),
        [("template.undefined", place())]
    );
}
