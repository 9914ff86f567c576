use axum::http::{StatusCode, header};
use serde_json::json;

use super::Client;
use crate::demo::{API_KEY, EMAIL, PASSWORD};

#[tokio::test]
async fn a_json_login_answers_201_with_a_token_that_opens_me() {
    let client = Client::new();
    let (bearer, body) = client.sign_in("/session").await;
    assert_eq!(body["expires_in"], 900);
    assert_eq!(body["user"]["email"], EMAIL);
    assert!(body["renewal_token"].is_string());
    let me = client.get("/me", &[("authorization", &bearer)]).await;
    assert_eq!(me.status, StatusCode::OK);
    assert_eq!(me.json()["name"], "Dana Keel");
    assert_eq!(me.json()["session"]["expires_in"], 900);
}

#[tokio::test]
async fn a_wrong_password_gets_401_and_a_sentence() {
    let client = Client::new();
    let answer = client
        .post_json(
            "/session",
            &[],
            &json!({ "email": EMAIL, "password": "wrong" }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json()["error"], "wrong_credentials");
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .contains("demo@latchwork.example")
    );
    let answer = client
        .post_form(
            "/login/form",
            &[],
            &[("email", EMAIL), ("password", "wrong")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_form_login_answers_a_token_and_sets_a_session_cookie() {
    let client = Client::new();
    let answer = client
        .post_form(
            "/login/form",
            &[],
            &[("email", EMAIL), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer
            .header(header::SET_COOKIE)
            .contains("HttpOnly; SameSite=Lax; Path=/; Max-Age=900")
    );
    let cookie = answer.cookie("harbour_session");
    assert_eq!(
        client.get("/me", &[("cookie", &cookie)]).await.status,
        StatusCode::OK
    );
    let bearer = format!("bearer {}", answer.json()["token"].as_str().unwrap());
    assert_eq!(
        client
            .get("/me", &[("authorization", &bearer)])
            .await
            .status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_form_login_without_a_password_names_the_field() {
    let answer = Client::new()
        .post_form("/login/form", &[], &[("email", EMAIL)])
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["field"], "password");
}

#[tokio::test]
async fn a_body_of_the_wrong_type_is_told_which_was_expected() {
    let client = Client::new();
    let answer = client.post_form("/session", &[], &[("email", EMAIL)]).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .contains("application/json")
    );
    let answer = client
        .send(
            "POST",
            "/session",
            &[("content-type", "application/json")],
            "{\"email\":",
        )
        .await;
    assert_eq!(
        (answer.status, answer.json()["error"].clone()),
        (StatusCode::BAD_REQUEST, json!("invalid_json"))
    );
    let answer = client
        .post_json(
            "/session",
            &[],
            &json!({ "username": EMAIL, "password": PASSWORD }),
        )
        .await;
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .contains("unknown field `username`"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_token_expires_when_its_ttl_is_over_and_says_so() {
    let client = Client::new();
    let (bearer, body) = client.sign_in("/session?ttl=5").await;
    assert_eq!(body["expires_in"], 5);
    client.wait(4);
    assert_eq!(
        client
            .get("/me", &[("authorization", &bearer)])
            .await
            .status,
        StatusCode::OK
    );
    client.wait(3);
    let answer = client.get("/me", &[("authorization", &bearer)]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json()["error"], "token_expired");
    let challenge = answer.header(header::WWW_AUTHENTICATE);
    assert!(
        challenge.starts_with("Bearer realm=\"Harbour CRM\", error=\"invalid_token\""),
        "{challenge}"
    );
    assert!(challenge.contains("expired 2 seconds ago"), "{challenge}");
}

#[tokio::test]
async fn a_ttl_outside_its_range_is_refused() {
    let client = Client::new();
    for ttl in ["0", "-1", "86401", "soon", "99999999999999999999999"] {
        let body = json!({ "email": EMAIL, "password": PASSWORD });
        let answer = client
            .post_json(&format!("/session?ttl={ttl}"), &[], &body)
            .await;
        assert_eq!(
            (answer.status, answer.json()["field"].clone()),
            (StatusCode::BAD_REQUEST, json!("ttl"))
        );
    }
}

#[tokio::test]
async fn a_renewal_ends_the_old_token_and_counts_once() {
    let client = Client::new();
    let (old, body) = client.sign_in("/session?ttl=5").await;
    client.wait(60);
    let renewal = json!({ "renewal_token": body["renewal_token"] });
    let renewed = client.post_json("/session/renew", &[], &renewal).await;
    assert_eq!(renewed.status, StatusCode::OK);
    assert_eq!(renewed.json()["expires_in"], 5);
    assert_ne!(renewed.json()["renewal_token"], body["renewal_token"]);
    let new = format!("Bearer {}", renewed.json()["token"].as_str().unwrap());
    assert_eq!(
        client.get("/me", &[("authorization", &new)]).await.status,
        StatusCode::OK
    );
    assert_eq!(
        client.get("/me", &[("authorization", &old)]).await.status,
        StatusCode::UNAUTHORIZED
    );
    let again = client.post_json("/session/renew", &[], &renewal).await;
    assert_eq!(
        (again.status, again.json()["error"].clone()),
        (StatusCode::UNAUTHORIZED, json!("invalid_renewal_token"))
    );
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(
        client.send("DELETE", "/session", &headers, "").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        client.get("/me", &headers).await.json()["error"],
        "token_unknown"
    );
}

#[tokio::test]
async fn a_request_without_credentials_is_told_how_to_sign_in() {
    let answer = Client::new().get("/me", &[]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        answer.header(header::WWW_AUTHENTICATE),
        "Bearer realm=\"Harbour CRM\""
    );
    assert_eq!(answer.json()["error"], "not_signed_in");
}

#[tokio::test]
async fn basic_auth_takes_the_demo_credentials_and_no_others() {
    let client = Client::new();
    let right = "Basic ZGVtb0BsYXRjaHdvcmsuZXhhbXBsZTpwcmFjdGljZQ==";
    let answer = client.get("/basic/me", &[("authorization", right)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["user"]["email"], EMAIL);
    let notices = client
        .get("/basic/notices", &[("authorization", right)])
        .await;
    assert_eq!(notices.json()["notices"].as_array().unwrap().len(), 3);
    for wrong in [
        "Basic ZGVtbzpkZW1v",
        "Basic !!!",
        "Basic ZGVtbw==",
        "Bearer abc",
        "",
    ] {
        for path in ["/basic/me", "/basic/notices"] {
            let answer = client.get(path, &[("authorization", wrong)]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} {wrong}");
            assert!(
                answer
                    .header(header::WWW_AUTHENTICATE)
                    .starts_with("Basic realm="),
                "{path} {wrong}"
            );
        }
    }
}

#[tokio::test]
async fn an_api_key_counts_in_the_header_and_in_the_query() {
    let client = Client::new();
    let by_header = client.get("/key/me", &[("x-api-key", API_KEY)]).await;
    assert_eq!(
        (by_header.status, by_header.json()["via"].clone()),
        (StatusCode::OK, json!("header"))
    );
    let by_query = client.get(&format!("/key/me?api_key={API_KEY}"), &[]).await;
    assert_eq!(
        (by_query.status, by_query.json()["via"].clone()),
        (StatusCode::OK, json!("query"))
    );
    assert_eq!(
        client.get("/key/me", &[]).await.json()["error"],
        "no_api_key"
    );
    assert_eq!(
        client.get("/key/me?api_key=x", &[]).await.json()["error"],
        "wrong_api_key"
    );
}

#[tokio::test]
async fn workspaces_come_as_a_select_takes_them_where_asked() {
    let client = Client::new();
    let (bearer, _) = client.sign_in("/session").await;
    let headers = [("authorization", bearer.as_str())];
    let full = client.get("/workspaces", &headers).await.json();
    assert_eq!(
        full["workspaces"][0],
        json!({ "id": "ws_north", "name": "North pier", "role": "owner" })
    );
    let options = client
        .get("/workspaces?format=options", &headers)
        .await
        .json();
    assert_eq!(
        options["workspaces"][0],
        json!({ "value": "ws_north", "label": "North pier" })
    );
    assert_eq!(
        client.get("/workspaces?format=x", &headers).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        client.get("/workspaces", &[]).await.status,
        StatusCode::UNAUTHORIZED
    );
}
