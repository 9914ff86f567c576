//! Keys and certificates as PEM, DER in it or anything else, in the filters that sign: a signature or a refusal,
//! and no refusal says the key.

use crate::input::text;
use crate::rendering::render;

/// What is done with a key.
const TEMPLATES: &[&str] = &[
    "{{ 'message' | sign('rs256', key) }}",
    "{{ 'message' | sign('es256', key) }}",
    "{{ 'message' | sign('ed25519', key) }}",
    "{{ 'message' | sign('hmac-sha256', key) }}",
    "{{ 'message' | hmac('sha512', key, encoding='base64url') }}",
    "{{ {'sub': 1} | jwt_sign(key, alg='PS256') }}",
    "{{ {'sub': 1} | jwt_sign(key, alg='HS256', headers={'kid': key}) }}",
    "{{ key | pem_fingerprint }}",
];

/// The key.
pub fn run(data: &[u8]) {
    let key = text(data);
    for template in TEMPLATES {
        match render(template, &[("key", &key)]) {
            Ok(signature) => assert!(signature.is_string(), "{template}: {signature}"),
            Err(error) => {
                let message = error.to_string();
                let said = key.trim().len() > 12 && message.contains(key.trim());
                assert!(!said, "{template}: {message}");
            }
        }
    }
}
