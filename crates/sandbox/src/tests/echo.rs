use axum::http::StatusCode;
use serde_json::json;

use super::Client;
use crate::raw_body::LIMIT;

#[tokio::test]
async fn the_echo_answers_what_it_was_sent() {
    let client = Client::new();
    let headers = [
        ("content-type", "application/json"),
        ("x-tag", "one"),
        ("x-tag", "two"),
    ];
    let answer = client
        .send(
            "PATCH",
            "/echo/a%20b?x=1&y=2&x=%C3%A9",
            &headers,
            "{\"n\":[1,2]}",
        )
        .await
        .json();
    assert_eq!(answer["method"], "PATCH");
    assert_eq!(answer["path"], "/echo/a%20b");
    assert_eq!(answer["query"], json!({ "x": ["1", "é"], "y": "2" }));
    assert_eq!(answer["query_string"], "x=1&y=2&x=%C3%A9");
    assert_eq!(answer["headers"]["x-tag"], "one, two");
    assert_eq!(answer["body"], "{\"n\":[1,2]}");
    assert_eq!(answer["json"], json!({ "n": [1, 2] }));
}

#[tokio::test]
async fn the_echo_reads_forms_and_shows_bytes_that_are_no_text() {
    let client = Client::new();
    let answer = client
        .post_form("/echo", &[], &[("a", "1 2"), ("a", "&")])
        .await
        .json();
    assert_eq!(answer["form"], json!({ "a": ["1 2", "&"] }));
    let answer = client
        .send("POST", "/echo", &[], vec![0xff, 0x00])
        .await
        .json();
    assert_eq!(
        (&answer["body"], &answer["body_base64"]),
        (&json!(null), &json!("/wA="))
    );
    let answer = client.send("PURGE", "/echo", &[], "").await.json();
    assert_eq!(
        (&answer["method"], &answer["body"]),
        (&json!("PURGE"), &json!(null))
    );
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_in_words() {
    let answer = Client::new()
        .send("POST", "/echo", &[], vec![b'a'; LIMIT + 1])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["error"], "body_too_large");
}
