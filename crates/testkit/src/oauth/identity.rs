//! JWTs of the server: ID tokens, right and wrong ones (SAFETY Z8), and access tokens that say when they end.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

const KEY_ID: &str = "key-1";

/// What is right or wrong with an ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdToken {
    /// Nothing is wrong: ES256, an hour of time, the nonce of the request.
    Good,
    /// Another nonce.
    WrongNonce,
    /// No nonce.
    MissingNonce,
    /// For another client.
    WrongAudience,
    /// By another issuer.
    WrongIssuer,
    /// Over for two minutes.
    Expired,
    /// Over for 30 seconds, which clocks that differ a little must bear.
    JustExpired,
    /// Without a signature, and `alg` is `none`.
    Unsigned,
    /// Signed with another key than the one that is published.
    OtherKey,
    /// Three words that are no JSON.
    Garbage,
}

/// Signs with a key that is made for one server.
#[derive(Debug)]
pub(super) struct Signer {
    key: EcdsaKeyPair,
    other_key: EcdsaKeyPair,
    chance: SystemRandom,
}

impl Default for Signer {
    fn default() -> Self {
        let chance = SystemRandom::new();
        let make = || {
            let kind = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let document = EcdsaKeyPair::generate_pkcs8(kind, &chance).expect("a key can be made");
            EcdsaKeyPair::from_pkcs8(kind, document.as_ref(), &chance).expect("it is a key")
        };
        Self {
            key: make(),
            other_key: make(),
            chance,
        }
    }
}

impl Signer {
    /// The published keys (RFC 7517 section 5).
    pub fn key_set(&self) -> Value {
        // A byte that says that the point is not compressed, then its two halves.
        let point = &self.key.public_key().as_ref()[1..];
        let (x, y) = point.split_at(32);
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": KEY_ID,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        }] })
    }

    /// An access token that ends at this Unix time.
    pub fn access_token(&self, number: usize, exp: i64) -> String {
        self.sign(
            &self.key,
            &json!({ "jti": format!("access-token-{number}"), "exp": exp }),
        )
    }

    pub fn id_token(
        &self,
        kind: IdToken,
        issuer: &str,
        client_id: &str,
        nonce: Option<&str>,
        now: i64,
    ) -> String {
        let mut claims = json!({
            "iss": issuer, "sub": "ada", "aud": client_id, "iat": now, "exp": now + 3_600,
            "name": "Ada Example", "email": "ada@example.test",
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = json!(nonce);
        }
        let members = claims.as_object_mut().expect("claims are an object");
        match kind {
            IdToken::WrongNonce => members["nonce"] = json!("a-nonce-that-nobody-ever-sent"),
            IdToken::MissingNonce => {
                members.remove("nonce");
            }
            IdToken::WrongAudience => members["aud"] = json!("another-client"),
            IdToken::WrongIssuer => members["iss"] = json!("https://other.example"),
            IdToken::Expired => members["exp"] = json!(now - 120),
            IdToken::JustExpired => members["exp"] = json!(now - 30),
            IdToken::Good | IdToken::Unsigned | IdToken::OtherKey | IdToken::Garbage => {}
        }
        match kind {
            IdToken::Unsigned => format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims)),
            IdToken::OtherKey => self.sign(&self.other_key, &claims),
            IdToken::Garbage => "not.a.token".to_owned(),
            _ => self.sign(&self.key, &claims),
        }
    }

    fn sign(&self, key: &EcdsaKeyPair, claims: &Value) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": KEY_ID });
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = key
            .sign(&self.chance, signed.as_bytes())
            .expect("a key signs");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, KeyPair as _, UnparsedPublicKey};

    use super::*;

    fn verifies(signer: &Signer, token: &str) -> bool {
        let (message, signature) = token.rsplit_once('.').expect("three parts");
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, signer.key.public_key().as_ref())
            .verify(message.as_bytes(), &signature)
            .is_ok()
    }

    fn claims(token: &str) -> Value {
        let part = token.split('.').nth(1).expect("three parts");
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("JSON")
    }

    #[test]
    fn each_wrong_id_token_is_wrong_in_one_way() {
        let signer = Signer::default();
        let token = |kind| signer.id_token(kind, "https://as.example", "me", Some("n"), 1_000);
        let good = claims(&token(IdToken::Good));
        for (kind, member) in [
            (IdToken::WrongNonce, "nonce"),
            (IdToken::MissingNonce, "nonce"),
            (IdToken::WrongAudience, "aud"),
            (IdToken::WrongIssuer, "iss"),
            (IdToken::Expired, "exp"),
            (IdToken::JustExpired, "exp"),
        ] {
            let token = token(kind);
            assert!(verifies(&signer, &token), "{kind:?}");
            let mut wrong = claims(&token);
            assert_ne!(wrong.get(member), good.get(member), "{kind:?}");
            wrong[member] = good[member].clone();
            assert_eq!(wrong, good, "{kind:?}");
        }
        assert!(verifies(&signer, &token(IdToken::Good)));
        for kind in [IdToken::Unsigned, IdToken::OtherKey] {
            assert!(!verifies(&signer, &token(kind)), "{kind:?}");
            assert_eq!(claims(&token(kind)), good, "{kind:?}");
        }
    }
}
