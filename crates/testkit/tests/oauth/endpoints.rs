//! Discovery, registration, device codes and revocation, as they answer.

use latchwork_testkit::oauth::{
    AuthorizationServer, DeviceAnswer, DevicePoll, DiscoveryAnswer, Endpoint, RegistrationAnswer,
    RevocationAnswer, Script,
};
use latchwork_testkit::{Certificates, TlsKind};
use serde_json::json;

use crate::requests::{builder, client_credentials, get, http, post, read, token, visit};

const NONE: [&str; 0] = [];
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[tokio::test]
async fn discovery_finds_what_the_script_says() {
    use DiscoveryAnswer as Is;
    for (discovery, openid, rfc8414) in [
        (Is::Good, 200, 200),
        (Is::OnlyRfc8414, 404, 200),
        (Is::OnlyOpenId, 200, 404),
        (Is::Absent, 404, 404),
        (Is::Redirects, 302, 302),
        (Is::ServerError, 500, 500),
    ] {
        let server = AuthorizationServer::start(Script {
            discovery,
            issuer_path: "/tenant".to_owned(),
            metadata: json!({ "scopes_supported": null, "extra": true }),
            ..Script::default()
        })
        .await;
        let issuer = server.issuer();
        let origin = issuer.strip_suffix("/tenant").expect("the script's path");
        let first = get(&format!("{issuer}/.well-known/openid-configuration")).await;
        let metadata = format!("{origin}/.well-known/oauth-authorization-server/tenant");
        let second = get(&metadata).await;
        assert_eq!(
            (first.status, second.status),
            (openid, rfc8414),
            "{discovery:?}"
        );
        if second.status == 200 {
            let document = second.json();
            assert_eq!(document["issuer"], issuer);
            assert_eq!(document["token_endpoint"], server.url(Endpoint::Token));
            assert_eq!(document.get("scopes_supported"), None);
            assert_eq!(document["extra"], true);
        }
    }
    let document = async |discovery| {
        let server = AuthorizationServer::start(Script {
            discovery,
            ..Script::default()
        })
        .await;
        let got = get(&server.url(Endpoint::OpenIdConfiguration)).await;
        (server, got)
    };
    let (server, got) = document(Is::OtherIssuer).await;
    assert_ne!(got.json()["issuer"], server.issuer());
    let (_, got) = document(Is::Html).await;
    assert!(got.text.starts_with("<!doctype html>"));
    let (_server, got) = document(Is::EndpointsElsewhere).await;
    let keys = got.json()["jwks_uri"].as_str().map(str::to_owned);
    let keys = keys.expect("an address");
    assert!(keys.starts_with("http://localhost:"), "{keys}");
    assert_eq!(get(&keys).await.json()["keys"][0]["kty"], "EC");
}

#[tokio::test]
async fn a_device_gets_each_answer_in_its_turn() {
    let server = AuthorizationServer::start(Script {
        device: vec![
            DeviceAnswer::Good,
            DeviceAnswer::NoInterval,
            DeviceAnswer::NoCompleteAddress,
            DeviceAnswer::With(json!({ "expires_in": 7 })),
            DeviceAnswer::ScriptAddress,
            DeviceAnswer::Refused,
            DeviceAnswer::Redirects,
        ],
        device_polls: vec![
            DevicePoll::Pending,
            DevicePoll::SlowDown,
            DevicePoll::Expired,
            DevicePoll::Denied,
            DevicePoll::Unavailable,
            DevicePoll::Granted,
        ],
        ..Script::default()
    })
    .await;
    let form = [("client_id", server.client_id())];
    let mut answers = Vec::new();
    for _ in 0..7 {
        answers.push(
            post(&server, Endpoint::DeviceAuthorization, &form)
                .await
                .expect("one"),
        );
    }
    let first = answers[0].json();
    assert_eq!(
        (&first["interval"], &first["expires_in"]),
        (&json!(5), &json!(600))
    );
    assert_eq!(
        get(first["verification_uri"].as_str().expect("one"))
            .await
            .status,
        200
    );
    assert_eq!(answers[1].json().get("interval"), None);
    assert_eq!(answers[2].json().get("verification_uri_complete"), None);
    assert_eq!(answers[3].json()["expires_in"], 7);
    assert_eq!(answers[4].json()["verification_uri"], "javascript:alert(1)");
    assert_eq!((answers[5].status, answers[6].status), (400, 307));

    let device_code = first["device_code"].as_str().expect("a code");
    let form = [("grant_type", DEVICE_GRANT), ("device_code", device_code)];
    for error in [
        "authorization_pending",
        "slow_down",
        "expired_token",
        "access_denied",
    ] {
        let got = token(&server, &form).await;
        assert_eq!((got.status, &got.json()["error"]), (400, &json!(error)));
    }
    assert_eq!(token(&server, &form).await.status, 503);
    let got = token(&server, &form).await.json();
    assert_eq!(got["refresh_token"], "refresh-token-1");
    assert_eq!(server.violations(), NONE);
    assert_eq!(token(&server, &form).await.status, 400);
    assert_eq!(server.violations().len(), 1, "it works once");
}

#[tokio::test]
async fn a_client_that_registered_itself_is_known() {
    let register = async |registration, method: &str| {
        let server = AuthorizationServer::start(Script {
            registration,
            ..Script::default()
        })
        .await;
        let body = json!({
            "redirect_uris": ["http://127.0.0.1/callback"], "token_endpoint_auth_method": method,
        });
        let request = http()
            .post(server.url(Endpoint::Registration))
            .header("content-type", "application/json")
            .body(body.to_string());
        let got = read(request).await.expect("an answer");
        (server, got)
    };
    let (server, got) = register(RegistrationAnswer::Good, "client_secret_post").await;
    assert_eq!(got.status, 201);
    let client = got.json();
    let id = client["client_id"].as_str().expect("an id");
    let secret = client["client_secret"].as_str().expect("a secret");
    visit(&server, &[("client_id", id)]).await;
    let grant = ("grant_type", "client_credentials");
    let mut form = vec![grant, ("client_id", id), ("client_secret", secret)];
    assert_eq!(token(&server, &form).await.status, 200);
    assert_eq!(server.violations(), NONE);
    form.pop();
    assert_eq!(token(&server, &form).await.status, 401);

    let (_, got) = register(RegistrationAnswer::Good, "none").await;
    assert_eq!(got.json().get("client_secret"), None);
    let (_, got) = register(RegistrationAnswer::Refused, "none").await;
    assert_eq!(got.json()["error"], "invalid_redirect_uri");
    let (_, got) = register(RegistrationAnswer::Forbidden, "none").await;
    assert_eq!(got.status, 403);
    let (server, got) = register(RegistrationAnswer::NoId, "none").await;
    assert_eq!((got.status, got.json().get("client_id")), (201, None));
    assert_eq!(get(&server.url(Endpoint::Registration)).await.status, 400);
    assert_eq!(server.violations().len(), 1, "it is posted, as JSON");
}

#[tokio::test]
async fn a_token_given_back_no_longer_works_or_the_server_says_why() {
    let server = AuthorizationServer::start(Script {
        revocation: vec![
            RevocationAnswer::Unavailable,
            RevocationAnswer::Unsupported,
            RevocationAnswer::Redirects,
            RevocationAnswer::Good,
        ],
        ..Script::default()
    })
    .await;
    client_credentials(&server).await;
    let works = async || {
        let request = http()
            .get(server.url(Endpoint::Api))
            .header("authorization", "Bearer access-token-1");
        read(request).await.expect("an answer").status == 200
    };
    for (status, afterwards) in [(503, true), (400, true), (307, true), (200, false)] {
        let form = [("token", "access-token-1")];
        let got = post(&server, Endpoint::Revocation, &form).await;
        assert_eq!(got.expect("an answer").status, status);
        assert_eq!(works().await, afterwards, "{status}");
    }
}

#[tokio::test]
async fn the_server_speaks_tls_where_it_should() {
    let certificates = Certificates::default();
    let tls = certificates.server(TlsKind::Valid);
    let server = AuthorizationServer::start_secure(Script::default(), tls).await;
    assert!(server.issuer().starts_with("https://127.0.0.1:"));
    let authority = reqwest::Certificate::from_pem(certificates.authority_pem().as_bytes());
    let client = builder()
        .tls_certs_only([authority.expect("a certificate")])
        .build()
        .expect("a client");
    let got = read(client.get(server.url(Endpoint::OpenIdConfiguration))).await;
    assert_eq!(got.expect("an answer").json()["issuer"], server.issuer());
}
