//! A client that shows who it is by a signed assertion (RFC 7523 section 2.2), also at a certified provider.

use latchwork_engine::{Engine, Revoked, RunEvent, RunInput};
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, OauthRequest, Script};
use latchwork_testkit::oidc::{OidcOptions, OidcProvider, client};
use latchwork_testkit::{Answer, FakeHost, PendingServer, Route};
use serde_json::{Value, json};

use crate::jwt_bearer::{EC, NOW, RSA, at_now, read};
use crate::signing_in::{Ended, connector_of, in_time, put, run_with};

#[tokio::test]
async fn a_clients_assertion_has_the_claims_of_rfc_7523_and_is_good_once() {
    let server = AuthorizationServer::start(Script::default()).await;
    let step = json!({
        "id": "oauth", "type": "oauth2_client_credentials", "client_id": server.client_id(),
        "token_url": server.url(Endpoint::Token), "client_auth": "private_key_jwt",
        "client_key": EC, "client_key_id": "key-1",
    });
    let mut second = step.clone();
    second["id"] = json!("again");
    at_now(&json!([step, second])).await.outputs();
    let requests = server.requests_to(Endpoint::Token);
    let read_client = |request: &OauthRequest| {
        assert_eq!(
            request.parameter("client_assertion_type"),
            Some("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        );
        assert_eq!(request.parameter("client_secret"), None);
        read(request.parameter("client_assertion").expect("an assertion"))
    };
    let (header, mut claims) = read_client(&requests[0]);
    assert_eq!(
        header,
        json!({ "alg": "ES256", "typ": "JWT", "kid": "key-1" })
    );
    let jti = claims
        .as_object_mut()
        .and_then(|claims| claims.remove("jti"));
    assert_eq!(
        claims,
        json!({
            "iss": server.client_id(), "sub": server.client_id(), "aud": server.url(Endpoint::Token),
            "iat": NOW, "exp": NOW + 60,
        })
    );
    assert!(jti.is_some());
    assert_ne!(jti, read_client(&requests[1]).1.get("jti").cloned());
}

#[tokio::test]
async fn a_client_key_of_no_kind_is_said_and_nothing_is_sent() {
    let server = AuthorizationServer::start(Script::default()).await;
    let step = json!({
        "id": "oauth", "type": "oauth2_client_credentials", "client_id": "me",
        "token_url": server.url(Endpoint::Token), "client_auth": "private_key_jwt", "client_key": "nothing",
    });
    let ended = at_now(&json!([step])).await;
    assert_eq!(ended.fault().code.as_str(), "signing.failed");
    assert!(
        ended
            .fault()
            .message
            .starts_with("client_key: this is no private key in PEM"),
        "{}",
        ended.fault().message
    );
    assert!(server.requests_to(Endpoint::Token).is_empty());
}

fn with_key(provider: &OidcProvider, kind: &str, members: Value) -> Value {
    let mut step = json!({
        "id": "oauth", "type": kind, "issuer": provider.issuer(), "client_id": client::KEY,
        "client_auth": "private_key_jwt", "client_key": provider.client_key("ES256"),
    });
    put(&mut step, members);
    step
}

async fn at_provider(step: Value) -> Ended {
    let connector = connector_of(&json!([step]));
    run_with(
        &Engine::default(),
        &connector,
        RunInput::default(),
        FakeHost::new(),
        async {},
    )
    .await
}

#[tokio::test]
async fn a_certified_provider_takes_the_right_key_and_refuses_the_wrong_one() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let kind = "oauth2_client_credentials";
    let taken = at_provider(with_key(&provider, kind, json!({}))).await;
    assert!(taken.outputs().contains_key("access_token"));
    // A good key that the provider does not know.
    let refused = at_provider(with_key(&provider, kind, json!({ "client_key": EC }))).await;
    assert_eq!(refused.fault().code.as_str(), "oauth.token_error");
    assert!(
        refused.fault().message.contains("invalid_client"),
        "{}",
        refused.fault().message
    );
}

#[tokio::test]
async fn a_certified_provider_takes_the_key_at_its_other_endpoints_too() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let step = with_key(&provider, "oauth2_client_credentials", json!({}));
    let (connector, engine, host) = (
        connector_of(&json!([step])),
        Engine::default(),
        FakeHost::new(),
    );
    let mut run = engine
        .run(&connector, RunInput::default(), &host)
        .expect("a run");
    in_time(run.auth_flow()).await.expect("signed in");
    let revoked = in_time(run.revoke()).await;
    assert_eq!(revoked.len(), 1);
    assert_eq!(revoked[0].outcome, Revoked::Yes);

    let step = with_key(
        &provider,
        "oauth2_device_code",
        json!({ "scopes": ["openid"] }),
    );
    let connector = connector_of(&json!([step]));
    let (host, _visits) = FakeHost::with_browser();
    let mut run = engine
        .run(&connector, RunInput::default(), &host)
        .expect("a run");
    let shown = async {
        let is_shown = |event: &RunEvent| matches!(event, RunEvent::DeviceCodeRequested { .. });
        while !host.events().iter().any(is_shown) {
            tokio::task::yield_now().await;
        }
    };
    in_time(async {
        tokio::select! {
            ended = run.auth_flow() => panic!("it ended: {:?}", ended.map_err(|failure| failure.fault)),
            () = shown => {}
        }
    })
    .await;
}

#[tokio::test]
async fn a_clients_assertion_is_signed_with_what_the_provider_takes() {
    for (taken, algorithm) in [
        (json!(["PS256", "ES256"]), "PS256"),
        (json!(["RS256", "PS256"]), "RS256"),
        (json!(["none of these"]), "RS256"),
        (Value::Null, "RS256"),
    ] {
        let bound = PendingServer::bind().await;
        let issuer = bound.origin();
        let document = json!({
            "issuer": issuer, "token_endpoint": format!("{issuer}/token"),
            "token_endpoint_auth_signing_alg_values_supported": taken,
        });
        let tokens = json!({ "access_token": "a-token-of-access", "token_type": "Bearer" });
        let server = bound.serve(
            vec![
                Route::new("/.well-known/*", Answer::json(document)),
                Route::new("/token", Answer::json(tokens)),
            ],
            None,
        );
        let step = json!({
            "id": "oauth", "type": "oauth2_client_credentials", "issuer": issuer, "client_id": "me",
            "client_auth": "private_key_jwt", "client_key": RSA,
        });
        at_provider(step).await.outputs();
        let requests = server.requests();
        let sent = requests.last().expect("a token request").text();
        let assertion = url::form_urlencoded::parse(sent.as_bytes())
            .find(|(name, _)| name == "client_assertion")
            .map(|(_, value)| value.into_owned());
        let (header, _) = read(&assertion.expect("an assertion"));
        assert_eq!(header["alg"], algorithm, "{taken}");
    }
}
