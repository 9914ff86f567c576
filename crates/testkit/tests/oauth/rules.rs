//! What the server asks of a client: proof, authentication, and each code once.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use latchwork_testkit::oauth::{
    AuthorizationServer, ClientAuth, Endpoint, ExpectedClient, PkceRule, Script, TokenAnswer,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::requests::{
    REDIRECT, STATE, VERIFIER, all, client_credentials, code, exchange, form_request, get, http,
    read, refresh, token, visit,
};

type Form<'test> = &'test [(&'test str, &'test str)];

const NONE: [&str; 0] = [];

fn s256() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

#[tokio::test]
async fn a_client_that_does_everything_right_is_not_blamed() {
    for (method, challenge) in [("S256", s256()), ("plain", VERIFIER.to_owned())] {
        let server = AuthorizationServer::start(Script::default()).await;
        let pkce = [
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", method),
        ];
        let (_, parameters) = visit(&server, &pkce).await;
        assert_eq!(all(&parameters, "state"), [STATE]);
        assert_eq!(all(&parameters, "iss"), [server.issuer()]);
        let code = all(&parameters, "code")[0];
        let got = exchange(&server, code, &[("code_verifier", VERIFIER)]).await;
        assert_eq!(got.status, 200, "{method}: {}", got.text);
        let answer = got.json();
        assert_eq!(answer["access_token"], "access-token-1");
        let request = http()
            .get(server.url(Endpoint::Api))
            .header("authorization", "Bearer access-token-1");
        assert_eq!(read(request).await.expect("an answer").status, 200);
        assert_eq!(get(&server.url(Endpoint::Api)).await.status, 401);
        assert_eq!(server.violations(), NONE);

        let requests = server.requests_to(Endpoint::Token);
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].parameter("code_verifier"), Some(VERIFIER));
        assert_eq!(requests[0].header("authorization"), None);
    }
}

#[tokio::test]
async fn a_verifier_that_does_not_fit_is_refused_and_noted() {
    let server = AuthorizationServer::start(Script::default()).await;
    let challenge = s256();
    let with_method = |method| {
        [
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", method),
        ]
    };
    let other = "x".repeat(43);
    // Another one; none; the challenge itself, taken for plain; one that nobody asked for.
    let asked = with_method("S256");
    let cases: [(&[_], &[_]); 4] = [
        (&asked, &[("code_verifier", other.as_str())]),
        (&asked, &[]),
        (&with_method("plain"), &[("code_verifier", VERIFIER)]),
        (&[], &[("code_verifier", VERIFIER)]),
    ];
    for (number, (authorization, exchanged)) in cases.into_iter().enumerate() {
        let code = code(&server, authorization).await;
        let got = exchange(&server, &code, exchanged).await;
        assert_eq!(
            (got.status, &got.json()["error"]),
            (400, &json!("invalid_grant"))
        );
        assert_eq!(server.violations().len(), number + 1);
    }
}

#[tokio::test]
async fn the_rule_for_proof_is_held_to() {
    let challenge = s256();
    let (s256, plain) = (
        [
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ],
        // Plain is meant where no method is said.
        [("code_challenge", VERIFIER)],
    );
    let ways: [&[(&str, &str)]; 3] = [&[], &s256, &plain];
    for (rule, allowed) in [
        (PkceRule::Any, [true, true, true]),
        (PkceRule::S256, [false, true, false]),
        (PkceRule::Plain, [false, false, true]),
        (PkceRule::Forbidden, [true, false, false]),
    ] {
        for (way, allowed) in ways.into_iter().zip(allowed) {
            let server = AuthorizationServer::start(Script {
                pkce: rule,
                ..Script::default()
            })
            .await;
            let (_, parameters) = visit(&server, way).await;
            assert_eq!(
                all(&parameters, "code").is_empty(),
                !allowed,
                "{rule:?} {way:?}"
            );
            assert_eq!(server.violations().is_empty(), allowed, "{rule:?} {way:?}");
        }
    }
}

#[tokio::test]
async fn a_code_sent_twice_is_refused_and_noted() {
    let server = AuthorizationServer::start(Script {
        token: vec![TokenAnswer::ServerError, TokenAnswer::Good],
        ..Script::default()
    })
    .await;
    let code = code(&server, &[]).await;
    assert_eq!(exchange(&server, &code, &[]).await.status, 500);
    assert_eq!(server.violations(), NONE);
    assert_eq!(exchange(&server, &code, &[]).await.status, 400);
    assert_eq!(server.violations(), ["the code \"code-1\" was sent again"]);
}

#[tokio::test]
async fn a_code_is_bound_to_its_redirect_address_and_its_client() {
    let server = AuthorizationServer::start(Script::default()).await;
    for wrong in [
        ("redirect_uri", "http://127.0.0.1:1/callback"),
        ("client_id", "other"),
    ] {
        let code = code(&server, &[]).await;
        let standard = [
            ("redirect_uri", REDIRECT),
            ("client_id", server.client_id()),
        ];
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", &*code),
            wrong,
        ];
        form.extend(standard.iter().filter(|(name, _)| *name != wrong.0));
        assert_eq!(token(&server, &form).await.status, 400, "{wrong:?}");
    }
    assert_eq!(server.violations().len(), 2);
    assert_eq!(exchange(&server, "guessed", &[]).await.status, 400);
}

#[tokio::test]
async fn a_short_state_and_an_unknown_client_are_noted() {
    let server = AuthorizationServer::start(Script::default()).await;
    visit(&server, &[("state", "short")]).await;
    visit(&server, &[("client_id", "other")]).await;
    visit(&server, &[("response_type", "token")]).await;
    assert_eq!(server.violations().len(), 3, "{:?}", server.violations());
}

#[tokio::test]
async fn each_way_of_client_authentication_is_told_from_the_others() {
    let client = ExpectedClient::default();
    let encoded = "client%3A1:a+secret%3A+100%25+%2B+%26+%3D+%2F+%3F";
    let basic = format!("Basic {}", STANDARD.encode(encoded));
    let plain_basic = format!(
        "Basic {}",
        STANDARD.encode(format!("{}:{}", client.id, client.secret))
    );
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let assertion = [
        ("client_assertion_type", kind),
        ("client_assertion", "a.b.c"),
    ];
    let id = ("client_id", client.id.as_str());
    let secret = ("client_secret", client.secret.as_str());
    // What is sent, and which of Basic, Post, None and PrivateKeyJwt it is.
    let cases: [(Option<&str>, Form<'_>, [bool; 4]); 8] = [
        (Some(&basic), &[], [true, false, false, false]),
        (Some(&basic), &[id], [true, false, false, false]),
        (Some(&plain_basic), &[], [false; 4]),
        (Some(&basic), &[id, secret], [false; 4]),
        (None, &[id, secret], [false, true, false, false]),
        (None, &[id], [false, false, true, false]),
        (None, &[], [false, false, true, false]),
        (None, &assertion, [false, false, false, true]),
    ];
    for (header, form, fits) in cases {
        for (auth, fits) in [
            ClientAuth::Basic,
            ClientAuth::Post,
            ClientAuth::None,
            ClientAuth::PrivateKeyJwt,
        ]
        .into_iter()
        .zip(fits)
        {
            let server = AuthorizationServer::start(Script {
                client: ExpectedClient::with(auth),
                ..Script::default()
            })
            .await;
            let mut all = vec![("grant_type", "client_credentials")];
            all.extend(form);
            let mut request = form_request(&server, Endpoint::Token, &all);
            if let Some(header) = header {
                request = request.header("authorization", header);
            }
            let got = read(request).await.expect("an answer");
            let expected = if fits { 200 } else { 401 };
            assert_eq!(got.status, expected, "{auth:?} with {header:?} {form:?}");
            assert_eq!(server.violations().is_empty(), fits);
        }
    }
}

#[tokio::test]
async fn a_refresh_token_is_replaced_and_then_refused() {
    let server = AuthorizationServer::start(Script::default()).await;
    let first = exchange(&server, &code(&server, &[]).await, &[])
        .await
        .json();
    assert_eq!(first["refresh_token"], "refresh-token-1");
    let second = refresh(&server, "refresh-token-1").await.json();
    assert_eq!(second["refresh_token"], "refresh-token-2");
    assert_eq!(server.violations(), NONE);
    assert_eq!(refresh(&server, "refresh-token-1").await.status, 400);
    assert_eq!(server.violations().len(), 1);
    assert_eq!(refresh(&server, "refresh-token-2").await.status, 200);
}

#[tokio::test]
async fn a_refresh_token_that_was_not_replaced_goes_on_working() {
    let server = AuthorizationServer::start(Script {
        refresh: vec![TokenAnswer::NoRefreshToken],
        ..Script::default()
    })
    .await;
    exchange(&server, &code(&server, &[]).await, &[]).await;
    for _ in 0..2 {
        let got = refresh(&server, "refresh-token-1").await;
        assert_eq!((got.status, got.json().get("refresh_token")), (200, None));
    }
}

#[tokio::test]
async fn parameters_are_found_under_other_names_and_in_every_place() {
    let server = AuthorizationServer::start(Script {
        names: BTreeMap::from([("client_id".to_owned(), "app_id".to_owned())]),
        code_param: Some("auth_code".to_owned()),
        client: ExpectedClient::with(ClientAuth::Post),
        ..Script::default()
    })
    .await;
    let (_, parameters) = visit(&server, &[("app_id", server.client_id())]).await;
    assert_eq!(all(&parameters, "auth_code"), ["code-1"]);
    assert_eq!(server.violations(), NONE);

    let body = json!({
        "grant_type": "client_credentials", "app_id": server.client_id(),
        "client_secret": server.client_secret(), "count": 3,
    });
    let request = http()
        .post(server.url(Endpoint::Token))
        .header("content-type", "application/json; charset=utf-8")
        .body(body.to_string());
    assert_eq!(read(request).await.expect("an answer").status, 200);
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("grant_type", "client_credentials"),
            ("app_id", server.client_id()),
            ("client_secret", server.client_secret()),
        ])
        .finish();
    let url = format!("{}?{query}", server.url(Endpoint::Token));
    assert_eq!(get(&url).await.status, 200);
    let [json, query] = &server.requests_to(Endpoint::Token)[..] else {
        panic!("two requests");
    };
    assert_eq!(json.json, Some(body));
    assert_eq!(json.parameter("count"), Some("3"));
    assert_eq!((query.body.len(), query.query.len()), (0, 3));
    // The standard name is not the one that counts here.
    assert_eq!(client_credentials(&server).await.status, 401);
}

#[tokio::test]
async fn an_unknown_grant_is_refused_and_an_assertion_is_taken() {
    let server = AuthorizationServer::start(Script::default()).await;
    let got = token(&server, &[("grant_type", "password")]).await;
    assert_eq!(got.json()["error"], "unsupported_grant_type");
    let kind = ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    let right = token(&server, &[kind, ("assertion", "a.b.c")]).await;
    assert_eq!(right.status, 200);
    assert_eq!(
        token(&server, &[kind, ("assertion", "abc")]).await.status,
        400
    );
}
