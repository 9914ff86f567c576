//! Where the checker's advice begins and ends: what is told in other shapes than those of `docs/checker.md`, and what is
//! left alone.

#![expect(
    clippy::needless_pass_by_value,
    reason = "members are written where they are handed over"
)]

use latchwork_model::{Rule, check, check_app_alone, read_app, read_connector};
use serde_json::{Value, json};

/// What is said of a connector with these members: codes and paths.
fn said(members: Value) -> Vec<(&'static str, String)> {
    let mut file = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://api.acme.example",
        "auth": { "method": "none" }
    });
    for (name, value) in members.as_object().expect("members").clone() {
        file[name] = value;
    }
    let connector = read_connector(&file.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let findings = check(&connector).into_iter();
    findings
        .map(|finding| (finding.code, finding.path))
        .collect()
}

/// The places where one code is given.
fn places(code: &str, members: Value) -> Vec<String> {
    let findings = said(members).into_iter();
    findings
        .filter(|(given, _)| *given == code)
        .map(|(_, path)| path)
        .collect()
}

/// A flow whose one step logs in, with these members in the step.
fn login(members: Value) -> Value {
    let mut step = json!({ "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/session" } });
    for (name, value) in members.as_object().expect("members").clone() {
        step[name] = value;
    }
    json!({ "method": "multistep", "steps": [step], "request_parameters": [
        { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" } ] })
}

fn get(members: Value) -> Value {
    let mut request = json!({ "method": "GET", "url": "/" });
    for (name, value) in members.as_object().expect("members").clone() {
        request[name] = value;
    }
    json!([{ "id": "one", "request": request }])
}

#[test]
fn the_samples_are_without_findings() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../sandbox/samples");
    let mut looked_at = 0;
    for file in std::fs::read_dir(folder).expect("the samples") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("its text");
        let findings = if path.to_string_lossy().ends_with(".app.json") {
            check_app_alone(&read_app(&text).expect("a valid app"))
        } else {
            check(&read_connector(&text).expect("a valid connector"))
        };
        let loud: Vec<_> = findings
            .iter()
            .filter(|finding| finding.code != Rule::ConnectorNotChecked.code())
            .collect();
        assert!(loud.is_empty(), "{}: {loud:?}", path.display());
        looked_at += 1;
    }
    assert!(looked_at >= 5, "the samples are there");
}

#[test]
fn a_secret_is_told_wherever_it_is_written_out() {
    let parameter = |name: &str, value: &str| json!([{ "name": name, "value": value }]);
    let oauth = |name: &str, value: Value| {
        let mut auth = json!({ "method": "oauth2", "grant": "pkce", "client_id": "a", "issuer": "https://id.acme.example" });
        auth[name] = value;
        json!({ "auth": auth })
    };
    let key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----";
    for (members, path) in [
        (
            json!({ "endpoints": get(json!({ "headers": parameter("Authorization", "Bearer abc") })) }),
            "endpoints[0].request.headers[0].value",
        ),
        (
            json!({ "endpoints": get(json!({ "query": parameter("api_key", "abc") })) }),
            "endpoints[0].request.query[0].value",
        ),
        (
            json!({ "endpoints": get(json!({ "url": "/list?api_key=abc&page=1" })) }),
            "endpoints[0].request.url",
        ),
        (
            json!({ "endpoints": get(json!({ "url": "https://ann:secret@api.acme.example/" })) }),
            "endpoints[0].request.url",
        ),
        (
            json!({ "endpoints": get(json!({ "body": { "type": "form", "fields": parameter("password", "abc") } })) }),
            "endpoints[0].request.body.fields[0].value",
        ),
        (
            json!({ "endpoints": get(json!({ "body": { "type": "json", "value": { "client_secret": "abc" } } })) }),
            "endpoints[0].request.body.value.client_secret",
        ),
        (
            json!({ "endpoints": get(json!({ "headers": parameter("X-Auth", "ghp_0123456789abcdefghij") })) }),
            "endpoints[0].request.headers[0].value",
        ),
        (
            json!({ "test": { "request": { "method": "GET", "url": "/", "headers": parameter("X-Api-Key", "abc") } } }),
            "test.request.headers[0].value",
        ),
        (
            json!({ "network": { "client_certificate": { "certificate": "client.pem", "key": key } } }),
            "network.client_certificate.key",
        ),
        (
            json!({ "network": { "proxy": "http://ann:secret@proxy.acme.example:8080" } }),
            "network.proxy",
        ),
        (
            json!({ "auth": { "method": "basic", "username": "ann", "password": "abc" } }),
            "auth.password",
        ),
        (
            json!({ "auth": { "method": "bearer", "token": "{{ 'abc' | base64encode }}" } }),
            "auth.token",
        ),
        (oauth("client_secret", json!("abc")), "auth.client_secret"),
        (
            oauth("authorize_params", parameter("client_secret", "abc")),
            "auth.authorize_params[0].value",
        ),
        (
            oauth("token_headers", parameter("Authorization", "Basic abc")),
            "auth.token_headers[0].value",
        ),
        (
            json!({ "auth": { "method": "oauth2", "grant": "jwt_bearer", "key": key, "algorithm": "RS256", "token_url": "https://id.acme.example/token" } }),
            "auth.key",
        ),
        (
            json!({ "auth": { "method": "multistep", "request_parameters": [], "steps": [ { "id": "signin", "type": "form", "title": "Sign in",
            "fields": [ { "key": "password", "label": "Password", "type": "password", "default": "abc" } ] } ] } }),
            "auth.steps[0].fields[0].default",
        ),
    ] {
        assert_eq!(
            places("secret.plain_text", members.clone()),
            [path],
            "{members}"
        );
    }
}

#[test]
fn what_is_no_secret_is_left_alone() {
    let parameter = |name: &str, value: &str| json!([{ "name": name, "value": value }]);
    for members in [
        json!({ "endpoints": get(json!({ "query": parameter("token_type", "bearer") })) }),
        json!({ "endpoints": get(json!({ "query": parameter("with_token", "true") })) }),
        json!({ "endpoints": get(json!({ "body": { "type": "form", "fields": parameter("grant_type", "password") } })) }),
        json!({ "endpoints": get(json!({ "headers": parameter("Authorization", "Bearer {{ account.name }}") })) }),
        json!({ "endpoints": get(json!({ "url": "https://{{ account.name }}:{{ account.name }}@api.acme.example/" })) }),
        json!({ "endpoints": get(json!({ "url": "/list?api_key={{ account.name }}" })) }),
        json!({ "endpoints": get(json!({ "headers": [ { "name": "X-Api-Key", "value": "abc", "enabled": false } ] })) }),
        json!({ "network": { "client_certificate": { "certificate": "client.pem", "key": "client-key.pem" } } }),
        json!({ "auth": { "method": "basic", "username": "{{ account.name }}", "password": "X" } }),
        json!({ "auth": { "method": "bearer", "token": "{{ uuid() }}" } }),
    ] {
        assert_eq!(said(members.clone()), [], "{members}");
    }
}

#[test]
fn plain_http_is_told_in_any_case_but_on_this_machine() {
    for (address, told) in [
        ("http://api.acme.example", true),
        ("HTTP://api.acme.example", true),
        ("http://127.0.0.1:4910", false),
        ("http://localhost:4910/v1", false),
        ("http://[::1]:4910", false),
    ] {
        let members = json!({ "base_url": address });
        assert_eq!(
            places("address.insecure", members).len(),
            usize::from(told),
            "{address}"
        );
    }
    let members = json!({ "allowed_origins": ["http://api.acme.example"] });
    assert_eq!(places("address.insecure", members), ["allowed_origins[0]"]);
    let members = json!({ "auth": { "method": "oauth2", "grant": "pkce", "client_id": "a",
        "authorization_url": "http://id.acme.example/authorize", "token_url": "http://127.0.0.1:4910/token" } });
    assert_eq!(
        said(members),
        [("address.insecure", "auth.authorization_url".to_owned())]
    );
}

#[test]
fn origins_that_anyone_can_have_are_told() {
    for (entry, told) in [
        ("https://*.com", true),
        ("https://*.co.uk", true),
        ("https://*.github.io", true),
        ("https://*.acme.co.uk", false),
        ("https://*.salesforce.com", false),
        ("https://*.acme.github.io", false),
        ("https://acme.github.io", false),
    ] {
        let places = places("origin.wide", json!({ "allowed_origins": [entry] }));
        assert_eq!(places.len(), usize::from(told), "{entry}");
    }
}

#[test]
fn z25_a_host_out_of_a_form_is_told_but_where_typing_it_approves_it() {
    let auth = |field: Value| {
        json!({ "base_url": "{{ signin.site }}/api", "auth": { "method": "multistep", "request_parameters": [], "steps": [
            { "id": "signin", "type": "form", "title": "Sign in", "fields": [ field ] } ] } })
    };
    let field = json!({ "key": "site", "label": "Site", "type": "text" });
    assert_eq!(
        places("origin.not_listed", auth(field.clone())),
        ["base_url"]
    );
    let mut approving = field;
    approving["origin"] = json!(true);
    assert_eq!(said(auth(approving)), []);
    let by_variable = json!({ "base_url": "https://{{ vars.shop }}.acme.example", "variables": [ { "name": "shop", "value": "one" } ] });
    assert_eq!(said(by_variable), []);
}

#[test]
fn conditions_are_told_apart_from_members_that_are_called_so() {
    let auth = login(
        json!({ "when": "yes", "request": { "method": "POST", "url": "/session",
        "body": { "type": "json", "value": { "when": "now", "until": "tomorrow" } } } }),
    );
    assert_eq!(
        said(json!({ "auth": auth })),
        [("condition.literal", "auth.steps[0].when".to_owned())]
    );
}

#[test]
fn single_braces_are_told_and_expressions_are_not() {
    for (url, told) in [
        ("/contacts/{id}", true),
        ("/contacts/{{ account.name }}/{page-number}", true),
        ("/contacts/{{ account.name }}", false),
        ("/contacts{% if account.name %}/all{% endif %}", false),
        ("/{{ {'a': account.name}.a }}", false),
        ("/search?filter={\"a\":1}", false),
        ("/me?fields=picture{url}", false),
    ] {
        let places = places(
            "url.single_braces",
            json!({ "endpoints": get(json!({ "url": url })) }),
        );
        assert_eq!(places.len(), usize::from(told), "{url}");
    }
}

#[test]
fn fields_that_say_who_an_account_is_or_go_into_the_test_are_used() {
    let form = |more: Value| {
        let mut file = json!({ "auth": { "method": "multistep", "request_parameters": [], "steps": [
            { "id": "signin", "type": "form", "title": "Sign in", "fields": [
                { "key": "email", "label": "E-mail", "type": "email" }, { "key": "team", "label": "Team", "type": "text" },
                { "key": "password", "label": "Password", "type": "password" } ] },
            { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/s?p={{ signin.password }}" } } ] },
            "endpoints": get(json!({ "url": "/{{ login.body.id }}" })) });
        for (name, value) in more.as_object().expect("members").clone() {
            file[name] = value;
        }
        file
    };
    assert_eq!(
        places("output.unused", form(json!({}))),
        ["auth.steps[0].fields[1]"]
    );
    let named = form(json!({ "account_name": "{{ login.body.name }}" }));
    assert_eq!(
        places("output.unused", named),
        ["auth.steps[0].fields[0]", "auth.steps[0].fields[1]"]
    );
    let test =
        json!({ "test": { "request": { "method": "GET", "url": "/me" }, "advanced": false } });
    assert_eq!(places("output.unused", form(test)), Vec::<String>::new());
}

#[test]
fn a_use_of_a_whole_step_or_by_a_computed_name_uses_every_output() {
    for url in ["/{{ login | json }}", "/{{ login[account.name] }}"] {
        let mut auth =
            login(json!({ "outputs": [ { "name": "user", "value": "{{ body.user }}" } ] }));
        auth["request_parameters"] = json!([]);
        assert_eq!(
            said(json!({ "auth": auth, "endpoints": get(json!({ "url": url })) })),
            [],
            "{url}"
        );
    }
}

#[test]
fn outputs_that_renewal_goes_by_need_no_use() {
    let auth =
        login(json!({ "outputs": [ { "name": "expires_in", "value": "{{ body.seconds }}" } ] }));
    assert_eq!(said(json!({ "auth": auth })), []);
}

fn renewed(refresh: Value) -> Vec<(&'static str, String)> {
    let mut auth =
        login(json!({ "outputs": [ { "name": "expires_in", "value": "{{ body.seconds }}" } ] }));
    auth["refresh"] = refresh;
    said(json!({ "auth": auth }))
}

#[test]
fn updates_of_what_renewal_goes_by_and_of_whole_bodies_are_sound() {
    let step = json!({ "id": "renew", "type": "api_request", "request": { "method": "POST", "url": "/renew" } });
    let updates = json!([
        { "target": "login.body", "value": "{{ renew.body }}" },
        { "target": "login.expires_in", "value": "{{ renew.body.seconds }}" } ]);
    assert_eq!(
        renewed(json!({ "mode": "steps", "steps": [step], "updates": updates })),
        []
    );
}

#[test]
fn an_updates_target_has_to_be_an_output_of_the_auth_flow() {
    let step = json!({ "id": "renew", "type": "api_request", "request": { "method": "POST", "url": "/renew" } });
    for target in ["renew.body.token", "logn.body.token", "login.bdy.token"] {
        let updates = json!([{ "target": target, "value": "{{ renew.body.token }}" }]);
        let findings = renewed(json!({ "mode": "steps", "steps": [step], "updates": updates }));
        let told = (
            "template.undefined",
            "auth.refresh.updates[0].target".to_owned(),
        );
        assert!(findings.contains(&told), "{target}: {findings:?}");
    }
}

#[test]
fn a_refresh_step_that_nothing_uses_is_told() {
    let step = |id: &str| json!({ "id": id, "type": "api_request", "request": { "method": "POST", "url": "/renew" } });
    let updates = json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]);
    let findings = renewed(
        json!({ "mode": "steps", "steps": [step("hello"), step("renew")], "updates": updates }),
    );
    assert_eq!(
        findings,
        [("step.unused", "auth.refresh.steps[0]".to_owned())]
    );
}

#[test]
fn f15_a_one_time_code_in_a_flow_that_is_to_run_again_is_told() {
    let auth = |field: Value| {
        json!({ "auth": { "method": "multistep", "request_parameters": [
            { "location": "header", "name": "X-Code", "value": "{{ signin.code }}" } ],
            "steps": [ { "id": "signin", "type": "form", "title": "Code", "fields": [ field ] } ],
            "refresh": { "mode": "same_as_auth_flow", "use_stored_credentials": true } } })
    };
    let kept = json!({ "key": "code", "label": "Code", "type": "text" });
    assert_eq!(said(auth(kept.clone())), []);
    let mut once = kept;
    once["one_time"] = json!(true);
    assert_eq!(
        said(auth(once)),
        [(
            "refresh.needs_person",
            "auth.steps[0].fields[0].one_time".to_owned()
        )]
    );
}

#[test]
fn statuses_of_success_and_of_passing_faults_start_no_refresh_unwarned() {
    let signin = |statuses: Value| {
        json!({ "auth": { "method": "multistep", "steps": [ { "id": "signin", "type": "basic_auth" } ],
            "request_parameters": [ { "location": "header", "name": "Authorization", "value": "{{ signin.header }}" } ],
            "refresh": { "mode": "same_as_auth_flow", "use_stored_credentials": true, "on": { "statuses": statuses } } } })
    };
    for (statuses, told) in [
        (json!([200]), true),
        (json!(["2xx"]), true),
        (json!(["5xx"]), true),
        (json!([429]), true),
        (json!([401, 403, 419, 440, 498, 302]), false),
        (json!(["4xx"]), false),
        (json!([500]), false),
    ] {
        let places = places("refresh.wrong_status", signin(statuses.clone()));
        assert_eq!(places.len(), usize::from(told), "{statuses}");
    }
}

#[test]
fn temporary_keys_are_known_by_their_first_letters_and_by_where_they_come_from() {
    let aws = |id: &str| {
        json!({ "variables": [ { "name": "key", "secret": true } ],
            "auth": { "method": "aws_sigv4", "access_key_id": id, "secret_access_key": "{{ vars.key }}", "region": "eu-central-1", "service": "s3" } })
    };
    assert_eq!(
        places("signing.no_session_token", aws("ASIAEXAMPLE")),
        ["auth.session_token"]
    );
    assert_eq!(said(aws("AKIAEXAMPLE")), []);
    let mut elsewhere = aws("AKIAEXAMPLE");
    elsewhere["base_url"] = json!("https://s3.amazonaws.com");
    assert_eq!(said(elsewhere), [], "an address without a region");
}

#[test]
fn presets_add_their_header_as_request_parameters_do() {
    let members = json!({ "variables": [ { "name": "token", "secret": true } ], "auth": { "method": "bearer", "token": "{{ vars.token }}" },
        "endpoints": get(json!({ "headers": [ { "name": "authorization", "value": "{{ account.name }}" } ] })) });
    assert_eq!(
        said(members),
        [(
            "parameter.overrides_header",
            "endpoints[0].request.headers[0]".to_owned()
        )]
    );
}

#[test]
fn an_own_name_of_a_parameter_is_known_too() {
    let members = json!({ "auth": { "method": "oauth2", "grant": "pkce", "client_id": "a", "issuer": "https://id.acme.example",
        "param_names": { "state": "session" }, "authorize_params": [ { "name": "session", "value": "a" }, { "name": "state", "value": "b" } ] } });
    assert_eq!(
        said(members),
        [(
            "oauth.parameter_ignored",
            "auth.authorize_params[0]".to_owned()
        )]
    );
}

#[test]
fn offline_access_without_openid_needs_no_consent() {
    let members = json!({ "auth": { "method": "oauth2", "grant": "pkce", "client_id": "a", "issuer": "https://id.acme.example",
        "scopes": ["read offline_access"] } });
    assert_eq!(said(members), []);
}

#[test]
fn a_base_url_may_be_made_of_outputs_once_they_are_there() {
    let members = |url: &str| {
        let mut auth = login(json!({ "request": { "method": "POST", "url": url } }));
        auth["steps"]
            .as_array_mut()
            .expect("a list")
            .push(json!({ "id": "who", "type": "api_request", "request": { "method": "GET", "url": "/me" } }));
        json!({ "base_url": "{{ login.body.instance_url }}", "allowed_origins": ["https://*.acme.example"], "auth": auth,
            "endpoints": get(json!({ "url": "/{{ who.body.id }}" })) })
    };
    assert_eq!(said(members("https://login.acme.example/session")), []);
    assert_eq!(
        said(members("/session")),
        [(
            "template.later_variable",
            "auth.steps[0].request.url".to_owned()
        )]
    );
}

#[test]
fn a_document_is_read_for_what_is_sent_of_it() {
    let endpoint = |query: &str| {
        let request = json!({ "method": "POST", "url": "/graphql", "body": { "type": "graphql", "query": query } });
        said(json!({ "kind": "graphql", "endpoints": [{ "id": "me", "request": request }] }))
    };
    for query in [
        "# {{ account.name }} and {# more\n{ me { id } }",
        "\"Who is signed in\"\nquery Me { me { ...Name } }\n\"\"\"Its name\"\"\"\nfragment Name on Person { name }",
    ] {
        assert_eq!(endpoint(query), [], "{query}");
    }
    let templates = endpoint("{ me(id: \"{{ account.name }}\") { id } }");
    let at = "endpoints[0].request.body.query".to_owned();
    assert_eq!(templates, [("graphql.template", at)]);
}

#[test]
fn a_disabled_steps_document_is_left_alone() {
    let of = |disabled: bool| {
        let request = json!({ "method": "POST", "url": "/graphql", "body": { "type": "graphql", "query": "{ me {" } });
        let auth = login(json!({ "request": request, "disabled": disabled }));
        places("graphql.syntax", json!({ "auth": auth }))
    };
    assert_eq!(of(false), ["auth.steps[0].request.body.query"]);
    assert_eq!(of(true), Vec::<String>::new());
}
