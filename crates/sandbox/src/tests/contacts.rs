use axum::http::{StatusCode, header};
use serde_json::json;

use super::Client;

#[tokio::test]
async fn contacts_come_ten_a_page_and_can_be_searched() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let headers = [("authorization", bearer.as_str())];
    let first = client.get("/contacts", &headers).await.json();
    assert_eq!(
        (&first["total"], &first["pages"], &first["page"]),
        (&json!(24), &json!(3), &json!(1))
    );
    assert_eq!(first["contacts"].as_array().unwrap().len(), 10);
    let last = client.get("/contacts?page=3", &headers).await.json();
    assert_eq!(last["contacts"].as_array().unwrap().len(), 4);
    let found = client
        .get("/contacts?query=TIDEWATER", &headers)
        .await
        .json();
    assert_eq!(found["total"], 3);
    assert_eq!(
        client.get("/contacts?page=0", &headers).await.json()["field"],
        "page"
    );
}

#[tokio::test]
async fn a_contact_is_added_read_and_deleted() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let headers = [("authorization", bearer.as_str())];
    let new = json!({ "name": " Zoe Zephyr ", "email": "zoe@zephyr.example" });
    let added = client.post_json("/contacts", &headers, &new).await;
    assert_eq!(added.status, StatusCode::CREATED);
    let place = added.header(header::LOCATION).to_owned();
    let read = client.get(&place, &headers).await;
    assert_eq!(read.json()["name"], "Zoe Zephyr");
    assert_eq!(
        client.send("DELETE", &place, &headers, "").await.status,
        StatusCode::NO_CONTENT
    );
    let gone = client.get(&place, &headers).await;
    assert_eq!(
        (gone.status, gone.json()["error"].clone()),
        (StatusCode::NOT_FOUND, json!("no_such_contact"))
    );
    assert_eq!(
        client.send("DELETE", &place, &headers, "").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_faulty_contact_is_refused_with_the_field_named() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let headers = [("authorization", bearer.as_str())];
    for (new, field) in [
        (json!({ "name": "  " }), "name"),
        (json!({ "name": "x".repeat(201) }), "name"),
        (json!({ "name": "x", "email": "nowhere" }), "email"),
    ] {
        let answer = client.post_json("/contacts", &headers, &new).await;
        assert_eq!(
            (answer.status, &answer.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(field))
        );
    }
}

#[tokio::test]
async fn contacts_are_for_people_who_signed_in() {
    let client = Client::new();
    for (method, path) in [
        ("GET", "/contacts"),
        ("GET", "/contacts/1001"),
        ("POST", "/contacts"),
        ("DELETE", "/contacts/1001"),
    ] {
        let answer = client.send(method, path, &[], "").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
    }
}

#[tokio::test]
async fn an_id_that_is_no_number_is_no_contact() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let answer = client
        .get("/contacts/..%2Fme", &[("authorization", bearer.as_str())])
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
