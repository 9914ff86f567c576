//! Discovery and dynamic registration: Z4, Z17, Z25.

use latchwork_engine::{Engine, RunInput};
use latchwork_testkit::oauth::{
    AuthorizationServer, DiscoveryAnswer, Endpoint, RegistrationAnswer, Script,
};
use serde_json::json;

use crate::signing_in::{Ended, agreeing, connector_of, run, step};

async fn discovered(script: Script) -> (AuthorizationServer, Ended) {
    let server = AuthorizationServer::start(script).await;
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
        agreeing,
    )
    .await;
    (server, ended)
}

fn answering(discovery: DiscoveryAnswer) -> Script {
    Script {
        discovery,
        ..Script::default()
    }
}

#[tokio::test]
async fn endpoints_are_found_at_either_place() {
    for (discovery, path) in [
        (DiscoveryAnswer::Good, ""),
        (DiscoveryAnswer::OnlyRfc8414, ""),
        (DiscoveryAnswer::OnlyRfc8414, "/tenant"),
        (DiscoveryAnswer::OnlyOpenId, "/tenant"),
    ] {
        let (server, ended) = discovered(Script {
            issuer_path: path.to_owned(),
            ..answering(discovery)
        })
        .await;
        assert_eq!(ended.text("token_url"), server.url(Endpoint::Token));
        assert_eq!(server.violations(), [] as [&str; 0]);
    }
}

#[tokio::test]
async fn z4_z17_a_document_that_is_not_the_issuers_is_refused() {
    for (discovery, code) in [
        (DiscoveryAnswer::OtherIssuer, "oauth.discovery_failed"),
        (DiscoveryAnswer::Absent, "oauth.discovery_failed"),
        (DiscoveryAnswer::Html, "oauth.discovery_failed"),
        (DiscoveryAnswer::ServerError, "oauth.discovery_failed"),
        (DiscoveryAnswer::Redirects, "oauth.redirects"),
    ] {
        let said = format!("{discovery:?}");
        let (server, ended) = discovered(answering(discovery)).await;
        assert_eq!(ended.fault().code.as_str(), code, "{said}");
        assert!(
            server.requests_to(Endpoint::Authorization).is_empty(),
            "{said}"
        );
        assert!(server.requests_to(Endpoint::Elsewhere).is_empty(), "{said}");
    }
}

#[tokio::test]
async fn z25_a_discovered_endpoint_on_another_origin_needs_the_files_word() {
    let (server, ended) = discovered(answering(DiscoveryAnswer::EndpointsElsewhere)).await;
    assert_eq!(ended.fault().code.as_str(), "origin.not_allowed");
    assert!(
        ended.fault().message.contains("localhost"),
        "{}",
        ended.fault().message
    );
    assert!(server.requests_to(Endpoint::Token).is_empty());
}

#[tokio::test]
async fn a_document_is_asked_for_once_for_many_runs() {
    let server = AuthorizationServer::start(Script::default()).await;
    let members =
        json!({ "issuer": server.issuer(), "authorization_url": null, "token_url": null });
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        members
    )]));
    let engine = Engine::default();
    for _ in 0..2 {
        run(&engine, &connector, RunInput::default(), agreeing)
            .await
            .outputs();
    }
    assert_eq!(server.requests_to(Endpoint::OpenIdConfiguration).len(), 1);
}

#[tokio::test]
async fn a_missing_endpoint_is_named() {
    let (_, ended) = discovered(Script {
        metadata: json!({ "token_endpoint": null }),
        ..Script::default()
    })
    .await;
    assert_eq!(ended.fault().code.as_str(), "oauth.endpoint_missing");
    assert!(
        ended.fault().message.contains("`token_url`"),
        "{}",
        ended.fault().message
    );
}

async fn registered(registration: RegistrationAnswer) -> (AuthorizationServer, Ended) {
    let server = AuthorizationServer::start(Script {
        registration,
        ..Script::default()
    })
    .await;
    let members = json!({
        "issuer": server.issuer(), "authorization_url": null, "token_url": null,
        "client_registration": "dynamic", "client_id": null, "client_secret": null,
    });
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        members
    )]));
    let ended = run(
        &Engine::default(),
        &connector,
        RunInput::default(),
        agreeing,
    )
    .await;
    (server, ended)
}

#[tokio::test]
async fn a_client_registers_itself_with_the_address_that_it_listens_at() {
    let (server, ended) = registered(RegistrationAnswer::Good).await;
    assert!(ended.text("client_id").starts_with("registered-client"));
    let request = &server.requests_to(Endpoint::Registration)[0];
    let document = request.json.as_ref().expect("a JSON document");
    assert_eq!(
        document["redirect_uris"],
        json!([ended.text("redirect_uri")])
    );
    assert_eq!(document["token_endpoint_auth_method"], "none");
}

#[tokio::test]
async fn a_refused_registration_is_said() {
    for answer in [
        RegistrationAnswer::Refused,
        RegistrationAnswer::Forbidden,
        RegistrationAnswer::NoId,
    ] {
        let (server, ended) = registered(answer).await;
        assert_eq!(ended.fault().code.as_str(), "oauth.registration_failed");
        assert!(server.requests_to(Endpoint::Authorization).is_empty());
    }
}
