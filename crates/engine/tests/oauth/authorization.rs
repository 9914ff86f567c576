//! The authorization request and its callback: Z1 to Z7, F22, F23.

use std::time::Duration;

use latchwork_engine::{Engine, ReceivedBy, RunInput};
use latchwork_testkit::FakeHost;
use latchwork_testkit::oauth::{
    AuthorizationServer, CallbackAnswer, ClientAuth, Endpoint, ExpectedClient, PkceRule, Script,
};
use latchwork_testkit::oidc::Browser;
use serde_json::json;
use url::Url;

use crate::signing_in::{
    agreeing, connector_of, connector_with, in_time, put, run, run_with, sign_in, step, trying,
};

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(other, _)| other == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn z1_state_is_long_and_new_for_each_run() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let engine = Engine::default();
    for _ in 0..2 {
        run(&engine, &connector, RunInput::default(), agreeing)
            .await
            .outputs();
    }
    let states: Vec<String> = server
        .requests_to(Endpoint::Authorization)
        .iter()
        .map(|request| request.parameter("state").unwrap_or_default().to_owned())
        .collect();
    assert_eq!(states.len(), 2);
    assert_ne!(states[0], states[1]);
    // 43 characters of base64url are 256 bits.
    assert!(states.iter().all(|state| state.len() == 43), "{states:?}");
}

#[tokio::test]
async fn z1_f22_the_same_callback_twice_is_refused_and_the_code_is_sent_once() {
    let server = AuthorizationServer::start(Script {
        token: vec![latchwork_testkit::oauth::TokenAnswer::Slow],
        ..Script::default()
    })
    .await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let ended = run(
        &Engine::default(),
        &connector,
        RunInput::default(),
        async |mut visits| {
            let visit = visits.recv().await.expect("a visit");
            let browser = Browser::new();
            let first = browser.sign_in(visit.url.as_str()).await;
            assert_eq!(first.page.expect("a page").status, 200);
            // While the code is exchanged, the page is loaded again.
            let again = browser.open(&first.address).await.expect("a page");
            assert_eq!(again.status, 400);
            assert!(again.text.contains("Already done"), "{}", again.text);
            server.release();
        },
    )
    .await;
    ended.outputs();
    assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn z2_an_unknown_or_missing_state_is_refused_and_the_flow_waits_on() {
    for odd in [CallbackAnswer::WrongState, CallbackAnswer::MissingState] {
        let server = AuthorizationServer::start(Script {
            callback: vec![odd.clone(), CallbackAnswer::Good],
            ..Script::default()
        })
        .await;
        let connector = connector_of(&json!([step(
            &server,
            "oauth2_authorization_code",
            json!({})
        )]));
        let ended = run(
            &Engine::default(),
            &connector,
            RunInput::default(),
            async |mut visits| {
                let visit = visits.recv().await.expect("a visit");
                let browser = Browser::new();
                let refused = browser.sign_in(visit.url.as_str()).await;
                assert_eq!(refused.page.expect("a page").status, 400, "{odd:?}");
                let taken = browser.sign_in(visit.url.as_str()).await;
                assert_eq!(taken.page.expect("a page").status, 200, "{odd:?}");
            },
        )
        .await;
        assert!(ended.text("access_token").starts_with("access"), "{odd:?}");
        assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
    }
}

#[tokio::test]
async fn z2_swapped_callbacks_of_two_runs_complete_neither() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let engine = Engine::default();
    let (first, mut first_visits) = FakeHost::with_browser();
    let (second, mut second_visits) = FakeHost::with_browser();
    let person = async {
        let one = first_visits.recv().await.expect("a visit");
        let two = second_visits.recv().await.expect("a visit");
        // Each provider answer is brought to the other run's listener.
        let elsewhere = |address: &Url, redirect_uri: &str| {
            let mut elsewhere = address.clone();
            let pairs: Vec<(String, String)> = address
                .query_pairs()
                .map(|(name, value)| match name.as_ref() {
                    "redirect_uri" => (name.into_owned(), redirect_uri.to_owned()),
                    _ => (name.into_owned(), value.into_owned()),
                })
                .collect();
            elsewhere.query_pairs_mut().clear().extend_pairs(pairs);
            elsewhere
        };
        let browser = Browser::new();
        for (url, other) in [(&one.url, &two.redirect_uri), (&two.url, &one.redirect_uri)] {
            let swapped = elsewhere(url, other);
            let refused = browser.sign_in(swapped.as_str()).await;
            assert_eq!(refused.page.expect("a page").status, 400);
        }
        assert_eq!(engine.authorizations().waiting(), 2);
        for visit in [&one, &two] {
            browser.sign_in(visit.url.as_str()).await;
        }
    };
    let (one, two, ()) = tokio::join!(
        run_with(&engine, &connector, RunInput::default(), first, async {}),
        run_with(&engine, &connector, RunInput::default(), second, async {}),
        person,
    );
    assert_ne!(one.text("access_token"), two.text("access_token"));
    assert_eq!(one.refusals(), ["oauth.callback_invalid"]);
    assert_eq!(two.refusals(), ["oauth.callback_invalid"]);
}

#[tokio::test]
async fn z2_an_expired_state_is_refused() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({ "redirect": "deep_link" })
    )]));
    let engine = Engine::default();
    let input = RunInput {
        browser_timeout: Some(Duration::from_millis(50)),
        ..RunInput::default()
    };
    let (host, mut visits) = FakeHost::with_browser();
    let ended = run_with(&engine, &connector, input, host, async {}).await;
    assert_eq!(ended.fault().code.as_str(), "oauth.callback_timeout");
    let visit = visits.recv().await.expect("a visit");
    let late = Browser::new().allow(visit.url.as_str()).await;
    let refusal = engine
        .authorizations()
        .deliver(&late, ReceivedBy::DeepLink)
        .expect_err("it is too late");
    assert_eq!(refusal.code().as_str(), "oauth.state_mismatch");
    assert!(server.requests_to(Endpoint::Token).is_empty());
}

#[tokio::test]
async fn z3_pkce_s256_is_there_with_a_client_secret_too() {
    let (server, ended) = sign_in(
        Script {
            pkce: PkceRule::S256,
            ..Script::default()
        },
        json!({}),
    )
    .await;
    ended.outputs();
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn z3_plain_and_off_are_sent_only_where_the_builder_chose_them() {
    for (kind, members, rule) in [
        (
            "oauth2_pkce",
            json!({ "code_challenge_method": "plain" }),
            PkceRule::Plain,
        ),
        (
            "oauth2_authorization_code",
            json!({ "pkce": "off" }),
            PkceRule::Forbidden,
        ),
        ("oauth2_pkce", json!({}), PkceRule::S256),
    ] {
        let server = AuthorizationServer::start(Script {
            pkce: rule,
            ..Script::default()
        })
        .await;
        let connector = connector_of(&json!([step(&server, kind, members.clone())]));
        let ended = run(
            &Engine::default(),
            &connector,
            RunInput::default(),
            agreeing,
        )
        .await;
        ended.outputs();
        assert_eq!(server.violations(), [] as [&str; 0], "{kind} {members}");
    }
}

#[tokio::test]
async fn z4_an_answer_of_another_issuer_or_of_none_is_refused() {
    for odd in [CallbackAnswer::WrongIssuer, CallbackAnswer::MissingIssuer] {
        let server = AuthorizationServer::start(Script {
            callback: vec![odd.clone(), CallbackAnswer::Good],
            ..Script::default()
        })
        .await;
        let members =
            json!({ "issuer": server.issuer(), "authorization_url": null, "token_url": null });
        let connector = connector_of(&json!([step(
            &server,
            "oauth2_authorization_code",
            members
        )]));
        let ended = run(
            &Engine::default(),
            &connector,
            RunInput::default(),
            |visits| trying(visits, 2),
        )
        .await;
        ended.outputs();
        assert_eq!(ended.refusals(), ["oauth.issuer_mismatch"], "{odd:?}");
        assert_eq!(server.requests_to(Endpoint::Token).len(), 1, "{odd:?}");
    }
}

#[tokio::test]
async fn z5_doubled_parameters_are_refused_and_the_flow_waits_on() {
    for odd in [
        CallbackAnswer::DoubledCode,
        CallbackAnswer::DoubledState,
        CallbackAnswer::DoubledIssuer,
        CallbackAnswer::DoubledError,
        CallbackAnswer::MissingCode,
    ] {
        let server = AuthorizationServer::start(Script {
            callback: vec![odd.clone(), CallbackAnswer::Good],
            ..Script::default()
        })
        .await;
        let connector = connector_of(&json!([step(
            &server,
            "oauth2_authorization_code",
            json!({})
        )]));
        let ended = run(
            &Engine::default(),
            &connector,
            RunInput::default(),
            |visits| trying(visits, 2),
        )
        .await;
        ended.outputs();
        assert_eq!(ended.refusals(), ["oauth.callback_invalid"], "{odd:?}");
    }
}

#[tokio::test]
async fn z6_f23_a_declined_sign_in_ends_the_run_with_plain_words() {
    for answer in [CallbackAnswer::Denied, CallbackAnswer::DeniedHostile] {
        let (server, ended) = sign_in(
            Script {
                callback: vec![answer],
                ..Script::default()
            },
            json!({}),
        )
        .await;
        let fault = ended.fault();
        assert_eq!(fault.code.as_str(), "oauth.denied");
        assert!(fault.message.len() < 1_400, "{}", fault.message.len());
        assert!(!fault.message.contains("://"), "{}", fault.message);
        assert!(
            fault
                .message
                .chars()
                .all(|character| !character.is_control()
                    && !('\u{202a}'..='\u{202e}').contains(&character)),
            "{:?}",
            fault.message
        );
        assert!(server.requests_to(Endpoint::Token).is_empty());
    }
}

#[tokio::test]
async fn another_error_of_the_authorization_endpoint_keeps_its_words() {
    let (_server, ended) = sign_in(
        Script {
            callback: vec![CallbackAnswer::Error(
                "invalid_scope".to_owned(),
                "no such scope: moon".to_owned(),
            )],
            ..Script::default()
        },
        json!({}),
    )
    .await;
    assert_eq!(ended.fault().code.as_str(), "oauth.authorization_error");
    assert!(
        ended
            .fault()
            .message
            .contains("invalid_scope: no such scope: moon")
    );
}

#[tokio::test]
async fn z7_an_authorization_url_that_is_no_web_address_opens_nothing() {
    let server = AuthorizationServer::start(Script::default()).await;
    for address in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://host/share",
        "http://login.example/authorize",
        "https://user:secret@login.example/authorize",
    ] {
        let members = json!({ "authorization_url": "{{ vars.address }}" });
        let connector = connector_of(&json!([step(
            &server,
            "oauth2_authorization_code",
            members
        )]));
        let input = RunInput {
            variables: json!({ "address": address })
                .as_object()
                .cloned()
                .unwrap_or_default(),
            ..RunInput::default()
        };
        let (host, mut visits) = FakeHost::with_browser();
        let ended = run_with(&Engine::default(), &connector, input, host, async {}).await;
        assert_eq!(
            ended.fault().code.as_str(),
            "oauth.browser_address",
            "{address}"
        );
        assert!(
            !ended.fault().message.contains("secret@"),
            "{}",
            ended.fault().message
        );
        assert!(visits.recv().await.is_none(), "{address}");
    }
}

#[tokio::test]
async fn z7_http_elsewhere_is_opened_only_where_the_builder_allows_the_origin() {
    let server = AuthorizationServer::start(Script::default()).await;
    let members =
        json!({ "authorization_url": "http://login.example/authorize", "redirect": "deep_link" });
    let steps = json!([step(&server, "oauth2_authorization_code", members)]);
    let connector = connector_with(&steps, &json!(["http://login.example"]));
    let (host, mut visits) = FakeHost::with_browser();
    let input = RunInput {
        browser_timeout: Some(Duration::from_millis(20)),
        ..RunInput::default()
    };
    run_with(&Engine::default(), &connector, input, host, async {}).await;
    let visit = visits.recv().await.expect("it is asked for");
    assert_eq!(visit.url.host_str(), Some("login.example"));
}

#[tokio::test]
async fn further_parameters_win_but_for_state_challenge_and_nonce() {
    let server = AuthorizationServer::start(Script::default()).await;
    let mut members = json!({
        "scopes": ["openid", "{{ '' }}", "mail"], "scope_separator": ",", "redirect": "deep_link",
        "audience": "https://api.example", "resource": "https://r.example",
    });
    put(
        &mut members,
        json!({ "authorize_params": [
            { "name": "prompt", "value": "consent" }, { "name": "response_type", "value": "code id_token" },
            { "name": "state", "value": "mine" }, { "name": "code_challenge", "value": "mine" },
            { "name": "code_challenge_method", "value": "plain" }, { "name": "nonce", "value": "mine" },
            { "name": "off", "value": "x", "enabled": false },
        ] }),
    );
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        members
    )]));
    let (host, mut visits) = FakeHost::with_browser();
    let input = RunInput {
        browser_timeout: Some(Duration::from_millis(20)),
        ..RunInput::default()
    };
    run_with(&Engine::default(), &connector, input, host, async {}).await;
    let url = visits.recv().await.expect("a visit").url;
    let of = |name: &str| parameter(&url, name);
    assert_eq!(of("prompt").as_deref(), Some("consent"));
    assert_eq!(of("response_type").as_deref(), Some("code id_token"));
    assert_eq!(of("scope").as_deref(), Some("openid,mail"));
    assert_eq!(of("audience").as_deref(), Some("https://api.example"));
    assert_eq!(of("resource").as_deref(), Some("https://r.example"));
    assert_eq!(of("code_challenge_method").as_deref(), Some("S256"));
    for ours in ["state", "code_challenge", "nonce"] {
        assert!(of(ours).is_some_and(|value| value != "mine"), "{ours}");
    }
    assert_eq!(of("off"), None);
}

#[tokio::test]
async fn renamed_parameters_and_the_callbacks_own_ones() {
    let names = json!({ "client_id": "app_id", "client_secret": "app_secret", "state": "st" });
    let (server, ended) = sign_in(
        Script {
            client: ExpectedClient::with(ClientAuth::Post),
            names: serde_json::from_value(names.clone()).expect("names"),
            code_param: Some("auth_code".to_owned()),
            callback: vec![CallbackAnswer::Extra(vec![
                ("realmId".to_owned(), "4711".to_owned()),
                (
                    "accounts-server".to_owned(),
                    "https://eu.example".to_owned(),
                ),
            ])],
            ..Script::default()
        },
        json!({ "param_names": names, "code_param": "auth_code", "client_auth": "post" }),
    )
    .await;
    let callback = &ended.outputs()["callback"];
    assert_eq!(callback["realmId"], "4711");
    assert_eq!(callback["accounts-server"], "https://eu.example");
    assert!(callback.get("auth_code").is_none() && callback.get("st").is_none());
    let token = &server.requests_to(Endpoint::Token)[0];
    assert!(token.body.iter().any(|(name, _)| name == "app_id"));
    assert!(token.body.iter().any(|(name, _)| name == "app_secret"));
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn z25_a_token_url_out_of_the_callback_goes_only_where_the_file_allows() {
    for allowed in [true, false] {
        let server = AuthorizationServer::start(Script {
            callback: vec![CallbackAnswer::Extra(vec![])],
            ..Script::default()
        })
        .await;
        let extra = vec![("accounts-server".to_owned(), server.issuer().to_owned())];
        let second = AuthorizationServer::start(Script {
            callback: vec![CallbackAnswer::Extra(extra)],
            ..Script::default()
        })
        .await;
        let path = server.url(Endpoint::Token).replace(server.issuer(), "");
        let members =
            json!({ "token_url": format!("{{{{ callback['accounts-server'] }}}}{path}") });
        let steps = json!([step(&second, "oauth2_authorization_code", members)]);
        let origins = if allowed {
            json!([server.issuer()])
        } else {
            json!([])
        };
        let connector = connector_with(&steps, &origins);
        let ended = run(
            &Engine::default(),
            &connector,
            RunInput::default(),
            agreeing,
        )
        .await;
        if allowed {
            // It is not this server's code; that it was asked is what counts.
            assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
        } else {
            assert_eq!(ended.fault().code.as_str(), "origin.not_allowed");
            assert!(server.requests().is_empty());
        }
    }
}

#[tokio::test]
async fn f19_a_cancelled_run_waits_no_longer_and_frees_its_port() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let engine = Engine::default();
    let (host, mut visits) = FakeHost::with_browser();
    in_time(async {
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        let visit = tokio::select! {
            result = run.auth_flow() => panic!("nobody signed in: {:?}", result.err()),
            visit = visits.recv() => visit.expect("a visit"),
        };
        assert_eq!(engine.authorizations().waiting(), 0);
        let port = Url::parse(&visit.redirect_uri)
            .ok()
            .and_then(|url| url.port())
            .expect("a port");
        // The listener's task ends when it is next polled; then the port can be had again.
        loop {
            if tokio::net::TcpListener::bind(("127.0.0.1", port))
                .await
                .is_ok()
            {
                break;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_step_that_needs_a_browser_says_so_where_nobody_is_there() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let ended = run_with(
        &Engine::default(),
        &connector,
        RunInput::default(),
        FakeHost::new(),
        async {},
    )
    .await;
    assert_eq!(ended.fault().code.as_str(), "input.needed");
    assert!(server.requests().is_empty());
}
