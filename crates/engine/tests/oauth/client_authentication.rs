//! How the client says who it is: Z19, and where a token request's parameters go.

use latchwork_testkit::oauth::{ClientAuth, Endpoint, ExpectedClient, Script};
use serde_json::json;

use crate::signing_in::{client_credentials, sign_in};

fn known(auth: ClientAuth) -> Script {
    Script {
        client: ExpectedClient::with(auth),
        ..Script::default()
    }
}

#[tokio::test]
async fn z19_basic_encodes_id_and_secret_first() {
    for members in [json!({}), json!({ "client_auth": "basic" })] {
        let (server, ended) = client_credentials(known(ClientAuth::Basic), members).await;
        ended.outputs();
        assert_eq!(server.violations(), [] as [&str; 0]);
        let (id, _) = server.requests_to(Endpoint::Token)[0]
            .basic()
            .expect("basic");
        assert!(!id.contains([' ', '/', '&']), "{id}");
    }
}

#[tokio::test]
async fn z19_post_puts_both_into_the_body() {
    let (server, ended) =
        client_credentials(known(ClientAuth::Post), json!({ "client_auth": "post" })).await;
    ended.outputs();
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn z19_none_sends_nothing_at_all() {
    let (server, ended) =
        client_credentials(known(ClientAuth::None), json!({ "client_auth": "none" })).await;
    ended.outputs();
    let request = &server.requests_to(Endpoint::Token)[0];
    assert_eq!(request.header("authorization"), None);
    let names: Vec<&str> = request.body.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["grant_type"]);
}

#[tokio::test]
async fn z19_a_public_client_names_itself_and_nothing_more() {
    for members in [
        json!({ "client_secret": null }),
        json!({ "client_auth": "none" }),
    ] {
        let (server, ended) = sign_in(known(ClientAuth::None), members).await;
        ended.outputs();
        let request = &server.requests_to(Endpoint::Token)[0];
        assert_eq!(request.parameter("client_id"), Some(server.client_id()));
        assert_eq!(server.violations(), [] as [&str; 0]);
    }
}

#[tokio::test]
async fn z19_a_code_is_not_tried_with_another_method() {
    // The server knows `post` alone; `basic` was set.
    let (server, ended) = sign_in(known(ClientAuth::Post), json!({ "client_auth": "basic" })).await;
    assert!(ended.result.is_err());
    assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
}

#[tokio::test]
async fn further_parameters_and_headers_win() {
    let (server, ended) = client_credentials(
        Script::default(),
        json!({
            "scopes": ["a"],
            "token_params": [{ "name": "scope", "value": "mine" }, { "name": "tenant", "value": "t-1" }],
            "token_headers": [{ "name": "Accept", "value": "application/vnd.x+json" }, { "name": "X-Client", "value": "latchwork" }],
            "refresh_params": [{ "name": "never", "value": "here" }],
        }),
    )
    .await;
    ended.outputs();
    let request = &server.requests_to(Endpoint::Token)[0];
    assert_eq!(request.parameter("scope"), Some("mine"));
    assert_eq!(request.parameter("tenant"), Some("t-1"));
    assert_eq!(request.parameter("never"), None);
    assert_eq!(
        request.header("accept").as_deref(),
        Some("application/vnd.x+json")
    );
    assert_eq!(request.header("x-client").as_deref(), Some("latchwork"));
}

#[tokio::test]
async fn parameters_go_where_the_provider_takes_them() {
    for (members, method, place) in [
        (json!({}), "POST", "form"),
        (json!({ "token_body": "json" }), "POST", "json"),
        (json!({ "token_body": "query" }), "POST", "query"),
        (json!({ "token_method": "GET" }), "GET", "query"),
    ] {
        let (server, _) = client_credentials(known(ClientAuth::Any), members.clone()).await;
        let request = &server.requests_to(Endpoint::Token)[0];
        assert_eq!(request.seen.method, method, "{members}");
        let in_query = request.query.iter().any(|(name, _)| name == "grant_type");
        let in_json = request
            .json
            .as_ref()
            .is_some_and(|json| json["grant_type"] == "client_credentials");
        let found = match (in_query, in_json) {
            (true, _) => "query",
            (_, true) => "json",
            _ => "form",
        };
        assert_eq!(found, place, "{members}");
        assert_eq!(request.parameter("grant_type"), Some("client_credentials"));
    }
}
