//! Published examples of OAuth 1.0a: RFC 5849, and X's *Creating a signature*.

use latchwork_model::Oauth1Method;
use serde::Deserialize;

use super::super::oauth1::{Credentials, base_address, base_string, sign, signature};
use super::Unsigned;

#[derive(Deserialize)]
struct Published {
    base_strings: Vec<Example>,
    addresses: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Example {
    name: String,
    method: String,
    address: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
    parameters: Vec<(String, String)>,
    consumer_secret: Option<String>,
    #[serde(default)]
    token_secret: String,
    base_string: Option<String>,
    signature: Option<String>,
}

fn published() -> Published {
    serde_json::from_str(include_str!("oauth1_published.json")).expect("examples")
}

fn credentials(consumer_secret: &str, token_secret: &str, method: Oauth1Method) -> Credentials {
    Credentials {
        consumer_key: String::new(),
        consumer_secret: consumer_secret.to_owned().into(),
        token: String::new().into(),
        token_secret: token_secret.to_owned().into(),
        method,
        realm: None,
        place: "auth.signing".to_owned(),
    }
}

#[test]
fn base_strings_and_signatures_are_those_that_were_published() {
    let (mut strings, mut signatures) = (0, 0);
    for example in published().base_strings {
        let mut request = Unsigned::new(
            &example.method,
            &example.address,
            &example.headers,
            &example.body,
        );
        let own: Vec<(&str, &str)> = example
            .parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let base = base_string(&request.signable(), &own);
        if let Some(expected) = &example.base_string {
            assert_eq!(&base, expected, "{}", example.name);
            strings += 1;
        }
        if let (Some(expected), Some(secret)) = (&example.signature, &example.consumer_secret) {
            let credentials = credentials(secret, &example.token_secret, Oauth1Method::HmacSha1);
            let made = signature(&credentials, &base).expect("it is signed");
            assert_eq!(&made, expected, "{}", example.name);
            signatures += 1;
        }
    }
    assert_eq!((strings, signatures), (2, 3));
}

#[test]
fn addresses_are_those_of_rfc_5849_section_3_4_1_2() {
    for (address, expected) in published().addresses {
        let url = url::Url::parse(&address).expect("an address");
        assert_eq!(base_address(&url), expected);
    }
}

#[test]
fn the_header_is_that_of_x_with_its_parameters_in_our_order() {
    let mut request = Unsigned::new(
        "POST",
        "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
        &[(
            "content-type".to_owned(),
            "application/x-www-form-urlencoded; charset=utf-8".to_owned(),
        )],
        "status=Hello+Ladies+%2B+Gentlemen%2C+a+signed+OAuth+request%21",
    );
    let credentials = Credentials {
        consumer_key: "xvz1evFS4wEEPTGEFPHBog".to_owned(),
        token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"
            .to_owned()
            .into(),
        ..credentials(
            "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
            Oauth1Method::HmacSha1,
        )
    };
    let nonce = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
    sign(&credentials, nonce, 1_318_622_958, &mut request.signable()).expect("it is signed");
    assert_eq!(
        request.header("authorization"),
        "OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", \
         oauth_nonce=\"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg\", \
         oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1318622958\", oauth_version=\"1.0\", \
         oauth_token=\"370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb\", \
         oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\""
    );
}

#[test]
fn a_header_written_out_gives_way_to_the_signature() {
    let written = [("authorization".to_owned(), "Bearer of something".to_owned())];
    let mut request = Unsigned::new("GET", "https://api.example/", &written, "");
    let credentials = credentials("a", "b", Oauth1Method::Plaintext);
    sign(&credentials, "n", 1, &mut request.signable()).expect("it is signed");
    assert!(request.header("authorization").starts_with("OAuth "));
    assert_eq!(request.headers.len(), 1);
}
