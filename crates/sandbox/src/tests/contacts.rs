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
        ("PUT", "/contacts/1001"),
        ("DELETE", "/contacts/1001"),
        ("GET", "/contacts/1001/portrait"),
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

#[tokio::test]
async fn a_contact_gets_other_contents_and_a_field_that_is_left_out_is_empty_then() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let put = async |path: &str, new: serde_json::Value| {
        client.send("PUT", path, &headers, new.to_string()).await
    };
    let changed = put(
        "/contacts/1001",
        json!({ "name": "Ada Azimuth", "company": "Tidewater" }),
    )
    .await;
    let expected =
        json!({ "id": 1001, "name": "Ada Azimuth", "email": null, "company": "Tidewater" });
    assert_eq!((changed.status, changed.json()), (StatusCode::OK, expected));
    let read = client.get("/contacts/1001", &headers).await;
    assert_eq!(read.json(), changed.json());

    let faulty = put("/contacts/1001", json!({ "name": "" })).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        client.get("/contacts/1001", &headers).await.json(),
        changed.json()
    );
    let gone = put("/contacts/9", json!({ "name": "Nobody" })).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_portrait_is_a_picture_of_two_letters_and_no_markup_of_a_name_gets_into_it() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let headers = [("authorization", bearer.as_str())];
    let portrait = client.get("/contacts/1001/portrait", &headers).await;
    assert_eq!(portrait.header(header::CONTENT_TYPE), "image/svg+xml");
    assert!(portrait.text.contains(">AA</text>"), "{}", portrait.text);
    let hostile = json!({ "name": "<script> \"onload=x\" é" });
    let added = client
        .post_json("/contacts", &headers, &hostile)
        .await
        .json();
    let path = format!("/contacts/{}/portrait", added["id"]);
    let portrait = client.get(&path, &headers).await;
    assert!(portrait.text.contains(">SO</text>"), "{}", portrait.text);
    assert_eq!(
        client.get("/contacts/9/portrait", &headers).await.status,
        StatusCode::NOT_FOUND
    );
}
