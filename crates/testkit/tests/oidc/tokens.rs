//! Grants and what they give.

use latchwork_testkit::oidc::{
    Arrival, Browser, OidcOptions, OidcProvider, RefreshTokens, TokenFormat, client,
};
use serde_json::{Value, json};

use crate::requests::{
    REDIRECT, VERIFIER, assertion, authorization_url, basic, exchange, get, plain_basic, post,
    post_json, refresh, start, text, token,
};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

async fn code(provider: &OidcProvider) -> String {
    let address = Browser::new()
        .allow(&authorization_url(provider, &[]))
        .await;
    let arrival = Arrival {
        address,
        page: None,
    };
    arrival
        .parameter("code")
        .unwrap_or_else(|| panic!("{} has no code", arrival.address))
}

/// The whole token answer of a sign-in.
async fn signed_in(provider: &OidcProvider) -> Value {
    let (status, answer) = exchange(provider, &code(provider).await, VERIFIER).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn a_code_with_pkce_gives_tokens_that_work_and_the_counts_say_so() {
    let provider = OidcProvider::start(&OidcOptions {
        access_token_seconds: 77,
        ..OidcOptions::default()
    });
    let answer = signed_in(&provider).await;
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 77);
    assert_eq!(text(&answer, "id_token").split('.').count(), 3);
    let access = text(&answer, "access_token");
    let (status, person) = get(&format!("{}/me", provider.issuer()), Some(access)).await;
    assert_eq!(
        (status, &person["email"]),
        (200, &json!("ada@example.test"))
    );
    let (status, of) = get(&format!("{}/api/contacts", provider.issuer()), Some(access)).await;
    assert_eq!((status, &of["sub"]), (200, &json!("ada")));
    let (status, _) = get(&format!("{}/api/contacts", provider.issuer()), Some("no")).await;
    assert_eq!(status, 401);

    let counts = provider.counts();
    assert_eq!(counts.token_requests("authorization_code"), 1);
    assert_eq!(counts.token_refusals("authorization_code"), 0);
    assert_eq!(counts.all_token_requests(), 1);
    assert_eq!((counts.authorizations, counts.userinfo), (1, 1));
    assert_eq!((counts.api_calls, counts.api_refusals), (2, 1));
}

#[tokio::test]
async fn a_code_works_once_and_only_with_its_verifier() {
    let provider = start();
    let other = "x".repeat(43);
    let (status, answer) = exchange(&provider, &code(&provider).await, &other).await;
    assert_eq!((status, &answer["error"]), (400, &json!("invalid_grant")));

    let code = code(&provider).await;
    let (_, tokens) = exchange(&provider, &code, VERIFIER).await;
    let (status, answer) = exchange(&provider, &code, VERIFIER).await;
    assert_eq!((status, &answer["error"]), (400, &json!("invalid_grant")));
    let api = format!("{}/api/me", provider.issuer());
    let (status, _) = get(&api, tokens["access_token"].as_str()).await;
    assert_eq!(status, 401, "what the code gave ends with it");
    let counts = provider.counts();
    assert_eq!(counts.token_refusals("authorization_code"), 2);
    assert_eq!(counts.grants_revoked, 1);
}

#[tokio::test]
async fn a_refresh_rotates_and_a_token_used_again_ends_the_grant() {
    let provider = start();
    let first = signed_in(&provider).await;
    let (status, second) = refresh(&provider, text(&first, "refresh_token")).await;
    assert_eq!(status, 200, "{second}");
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);

    let (status, answer) = refresh(&provider, text(&first, "refresh_token")).await;
    assert_eq!((status, &answer["error"]), (400, &json!("invalid_grant")));
    let (status, _) = refresh(&provider, text(&second, "refresh_token")).await;
    assert_eq!(status, 400, "the newest went with the grant");
    let counts = provider.counts();
    assert_eq!(counts.token_requests("refresh_token"), 3);
    assert_eq!(counts.token_refusals("refresh_token"), 2);
    assert_eq!(counts.grants_revoked, 1);
}

#[tokio::test]
async fn with_a_grace_a_rotated_token_still_works() {
    let provider = OidcProvider::start(&OidcOptions {
        rotation_grace_seconds: 600,
        ..OidcOptions::default()
    });
    let first = signed_in(&provider).await;
    for _ in 0..2 {
        let (status, answer) = refresh(&provider, text(&first, "refresh_token")).await;
        assert_eq!(status, 200, "{answer}");
    }
}

#[tokio::test]
async fn refresh_tokens_can_be_had_for_offline_access_alone() {
    let provider = OidcProvider::start(&OidcOptions {
        refresh_tokens: RefreshTokens::OfflineAccess,
        ..OidcOptions::default()
    });
    assert_eq!(signed_in(&provider).await.get("refresh_token"), None);
    let more = [("scope", "openid offline_access"), ("prompt", "consent")];
    let arrival = Browser::new()
        .sign_in(&authorization_url(&provider, &more))
        .await;
    let code = arrival.parameter("code").expect("a code");
    let (_, answer) = exchange(&provider, &code, VERIFIER).await;
    assert!(answer["refresh_token"].is_string(), "{answer}");
}

#[tokio::test]
async fn tokens_made_to_end_are_refused_before_their_time() {
    for token_format in [TokenFormat::Opaque, TokenFormat::Jwt] {
        let provider = OidcProvider::start(&OidcOptions {
            token_format,
            ..OidcOptions::default()
        });
        let api = format!("{}/api/me", provider.issuer());
        let first = signed_in(&provider).await;
        let access = text(&first, "access_token");
        let is_jwt = access.split('.').count() == 3;
        assert_eq!(is_jwt, token_format == TokenFormat::Jwt, "{access}");
        let (status, of) = get(&api, Some(access)).await;
        assert_eq!((status, &of["sub"]), (200, &json!("ada")));

        provider.expire_access_tokens();
        assert_eq!(get(&api, Some(access)).await.0, 401);
        let (status, second) = refresh(&provider, text(&first, "refresh_token")).await;
        assert_eq!(status, 200, "{second}");
        assert_eq!(get(&api, second["access_token"].as_str()).await.0, 200);

        provider.revoke_tokens();
        assert_eq!(get(&api, second["access_token"].as_str()).await.0, 401);
        assert_eq!(
            refresh(&provider, text(&second, "refresh_token")).await.0,
            400
        );
        provider.reset();
        assert_eq!(provider.counts().all_token_requests(), 0);
    }
}

#[tokio::test]
async fn client_credentials_take_each_way_to_say_who_one_is() {
    let provider = start();
    let grant = ("grant_type", "client_credentials");
    let scope = ("scope", "contacts.read");

    let right = basic(client::BASIC, client::SECRET);
    let (status, answer) = token(&provider, &[grant, scope], Some(&right)).await;
    assert_eq!((status, &answer["scope"]), (200, &json!("contacts.read")));
    assert_eq!(answer.get("refresh_token"), None);
    let api = format!("{}/api/me", provider.issuer());
    let (_, of) = get(&api, answer["access_token"].as_str()).await;
    assert_eq!(of["sub"], client::BASIC);

    let unencoded = plain_basic(client::BASIC, client::SECRET);
    let (status, answer) = token(&provider, &[grant], Some(&unencoded)).await;
    assert_eq!((status, &answer["error"]), (400, &json!("invalid_request")));

    let id = ("client_id", client::POST);
    let secret = ("client_secret", client::SECRET);
    assert_eq!(token(&provider, &[grant, id, secret], None).await.0, 200);
    assert_eq!(token(&provider, &[grant, id], None).await.0, 401);

    for algorithm in ["RS256", "ES256"] {
        let assertion = assertion(&provider, algorithm);
        let form = [
            grant,
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", assertion.as_str()),
        ];
        let (status, answer) = token(&provider, &form, None).await;
        assert_eq!(status, 200, "{algorithm}: {answer}");
    }
    let counts = provider.counts();
    assert_eq!(counts.token_requests("client_credentials"), 6);
    assert_eq!(counts.token_refusals("client_credentials"), 2);
}

#[tokio::test]
async fn a_resource_makes_the_token_a_jwt_for_it() {
    let provider = start();
    let form = [
        ("grant_type", "client_credentials"),
        ("resource", "https://api.example.test/v1"),
        ("client_id", client::POST),
        ("client_secret", client::SECRET),
    ];
    let (_, answer) = token(&provider, &form, None).await;
    let api = format!("{}/api/me", provider.issuer());
    let (_, of) = get(&api, answer["access_token"].as_str()).await;
    assert_eq!(of["aud"], "https://api.example.test/v1", "{answer}");
}

#[tokio::test]
async fn a_client_registers_itself_and_gives_its_token_back() {
    let provider = start();
    let (status, registered) = post_json(
        &format!("{}/reg", provider.issuer()),
        &json!({
            "application_type": "native", "redirect_uris": [REDIRECT],
            "grant_types": ["client_credentials", "authorization_code"],
            "token_endpoint_auth_method": "client_secret_basic",
        }),
    )
    .await;
    assert_eq!(status, 201, "{registered}");
    let authorization = basic(
        text(&registered, "client_id"),
        text(&registered, "client_secret"),
    );
    let form = [("grant_type", "client_credentials")];
    let (_, answer) = token(&provider, &form, Some(&authorization)).await;
    let access = text(&answer, "access_token");
    let given_back = [("token", access)];
    let revocation = format!("{}/token/revocation", provider.issuer());
    let introspection = format!("{}/token/introspection", provider.issuer());
    let (_, about) = post(&introspection, &given_back, Some(&authorization)).await;
    assert_eq!(about["active"], true);
    let (status, _) = post(&revocation, &given_back, Some(&authorization)).await;
    assert_eq!(status, 200);
    let (_, about) = post(&introspection, &given_back, Some(&authorization)).await;
    assert_eq!(about["active"], false);
    let counts = provider.counts();
    assert_eq!((counts.registrations, counts.revocations), (1, 1));
    assert_eq!(counts.introspections, 2);

    let closed = OidcProvider::start(&OidcOptions {
        registration: false,
        ..OidcOptions::default()
    });
    let discovery = format!("{}/.well-known/openid-configuration", closed.issuer());
    let (_, about) = get(&discovery, None).await;
    assert_eq!(about.get("registration_endpoint"), None);
    assert_eq!(about["issuer"], closed.issuer());
}
