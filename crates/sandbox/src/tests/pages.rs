use axum::http::StatusCode;

use super::Client;
use crate::demo::{API_KEY, EMAIL, PASSWORD};

#[tokio::test]
async fn the_front_page_says_what_to_sign_in_with() {
    let page = Client::new().get("/", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    for text in [
        EMAIL,
        PASSWORD,
        API_KEY,
        "http://127.0.0.1:4910",
        "/contacts",
        "/graphql",
        "/echo",
    ] {
        assert!(page.text.contains(text), "{text} is missing");
    }
    assert!(!page.text.contains("{base_url}") && !page.text.contains("{email}"));
}

#[tokio::test]
async fn an_address_or_method_that_is_not_there_is_told_so_as_json() {
    let client = Client::new();
    let answer = client.get("/nothing", &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(
        answer.json()["message"],
        "There is no GET /nothing here. GET / lists what there is."
    );
    let answer = client.send("PUT", "/me", &[], "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.json()["error"], "method_not_allowed");
}

#[tokio::test]
async fn z11_a_host_that_is_not_loopback_is_refused() {
    let client = Client::new();
    for host in ["127.0.0.1:4910", "localhost", "LOCALHOST:80", "[::1]:4910"] {
        assert_eq!(
            client.get("/", &[("host", host)]).await.status,
            StatusCode::OK,
            "{host}"
        );
    }
    for host in [
        "attacker.example",
        "127.0.0.1.attacker.example:4910",
        "localhost.attacker.example",
        "",
    ] {
        assert_eq!(
            client.get("/", &[("host", host)]).await.status,
            StatusCode::FORBIDDEN,
            "{host}"
        );
    }
}
