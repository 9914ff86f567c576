use axum::http::{StatusCode, header};
use regex::Regex;

use super::{Answer, Client};
use crate::demo::{EMAIL, PASSWORD};

fn csrf(page: &Answer) -> String {
    Regex::new("name=\"csrf\" value=\"([^\"]+)\"")
        .unwrap()
        .captures(&page.text)
        .expect("a hidden token")[1]
        .to_owned()
}

#[tokio::test]
async fn the_login_page_signs_in_with_its_token_and_its_cookie() {
    let client = Client::new();
    let page = client.get("/login", &[]).await;
    assert_eq!(
        page.header(header::CONTENT_TYPE),
        "text/html; charset=utf-8"
    );
    let fields = [
        ("csrf", csrf(&page)),
        ("email", EMAIL.to_owned()),
        ("password", PASSWORD.to_owned()),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let cookie = page.cookie("harbour_csrf");
    let answer = client
        .post_form("/login", &[("cookie", &cookie)], &fields)
        .await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.header(header::LOCATION), "/account");
    let session = format!("{cookie}; {}", answer.cookie("harbour_session"));
    let account = client.get("/account", &[("cookie", &session)]).await;
    assert!(
        account.text.contains("Signed in as Dana Keel"),
        "{}",
        account.text
    );
    assert_eq!(
        client.get("/me", &[("cookie", &session)]).await.status,
        StatusCode::OK
    );
    let again = client
        .post_form("/login", &[("cookie", &cookie)], &fields)
        .await;
    assert_eq!(
        again.status,
        StatusCode::FORBIDDEN,
        "the hidden token counts once"
    );
    client
        .send("POST", "/logout", &[("cookie", &session)], "")
        .await;
    assert_eq!(
        client
            .get("/account", &[("cookie", &session)])
            .await
            .header(header::LOCATION),
        "/login"
    );
}

#[tokio::test]
async fn a_login_without_token_or_cookie_or_too_late_is_refused_with_a_new_form() {
    let client = Client::new();
    let page = client.get("/login", &[]).await;
    let token = csrf(&page);
    let cookie = page.cookie("harbour_csrf");
    let right = [
        ("csrf", token.as_str()),
        ("email", EMAIL),
        ("password", PASSWORD),
    ];
    let without_cookie = client.post_form("/login", &[], &right).await;
    assert_eq!(without_cookie.status, StatusCode::FORBIDDEN);
    assert_ne!(csrf(&without_cookie), token);
    let without_token = client
        .post_form("/login", &[("cookie", &cookie)], &right[1..])
        .await;
    assert_eq!(without_token.status, StatusCode::FORBIDDEN);
    client.wait(601);
    let too_late = client
        .post_form("/login", &[("cookie", &cookie)], &right)
        .await;
    assert_eq!(too_late.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_wrong_password_on_the_page_gets_the_page_again_with_a_notice() {
    let client = Client::new();
    let page = client.get("/login", &[]).await;
    let token = csrf(&page);
    let fields = [
        ("csrf", token.as_str()),
        ("email", EMAIL),
        ("password", "wrong"),
    ];
    let answer = client
        .post_form(
            "/login",
            &[("cookie", &page.cookie("harbour_csrf"))],
            &fields,
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.text.contains("role=\"alert\""), "{}", answer.text);
}
