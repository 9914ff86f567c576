//! Digests, signatures and tokens, against published vectors.

use ring::signature::{self, UnparsedPublicKey};
use serde_json::{Value, json};

use super::super::filters::unhex;
use super::{code, text_with};

const RSA_PKCS8: &str = include_str!("keys/rsa_pkcs8.pem");
const RSA_PKCS1: &str = include_str!("keys/rsa_pkcs1.pem");
const EC_PKCS8: &str = include_str!("keys/ec_pkcs8.pem");
const EC_SEC1: &str = include_str!("keys/ec_sec1.pem");
const ED_PKCS8: &str = include_str!("keys/ed_pkcs8.pem");

/// The text of a template about these names.
fn given(template: &str, names: Value) -> String {
    text_with(template, names).unwrap_or_else(|error| panic!("{template}: {error}"))
}

#[test]
fn digests() {
    for (algorithm, digest) in [
        ("md5", "900150983cd24fb0d6963f7d28e17f72"),
        ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "sha256",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            "SHA-256",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            "sha384",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        ),
        (
            "sha512",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
    ] {
        assert_eq!(
            given("{{ 'abc' | hash(a) }}", json!({ "a": algorithm })),
            digest
        );
    }
    assert_eq!(
        given("{{ '' | hash('sha256', encoding='base64') }}", json!({})),
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    );
    assert_eq!(
        given("{{ '' | hash('sha256', encoding='base64url') }}", json!({})),
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    );
    assert_eq!(
        given(
            "{{ '' | hash('sha256', encoding='raw') | base64encode }}",
            json!({})
        ),
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    );
    assert_eq!(
        given(
            "{{ 'abc' | hash('md5', encoding='raw') | hexencode }}",
            json!({})
        ),
        "900150983cd24fb0d6963f7d28e17f72"
    );
    assert_eq!(
        given("{{ {'a': 1} | hash('md5') }}", json!({})),
        given("{{ '{\"a\":1}' | hash('md5') }}", json!({}))
    );
}

#[test]
fn hmac_by_rfc_4231() {
    // Test case 2: text key; 1: key of bytes.
    for (algorithm, digest) in [
        (
            "sha256",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            "sha384",
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        ),
        (
            "sha512",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
    ] {
        let names = json!({ "a": algorithm, "m": "what do ya want for nothing?" });
        assert_eq!(given("{{ m | hmac(a, 'Jefe') }}", names), digest);
    }
    let names = json!({ "k": "CwsLCwsLCwsLCwsLCwsLCwsLCws=" });
    assert_eq!(
        given("{{ 'Hi There' | hmac('sha256', k | base64decode) }}", names),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    );
    // RFC 2202, test case 2 of each.
    let names = || json!({ "m": "what do ya want for nothing?" });
    assert_eq!(
        given("{{ m | hmac('md5', 'Jefe') }}", names()),
        "750c783e6ab0b503eaa86e310a5db738"
    );
    assert_eq!(
        given("{{ m | hmac('sha1', 'Jefe') }}", names()),
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    );
    // RFC 2202, MD5 test case 6: a key longer than a block.
    let names = json!({ "k": "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=" });
    assert_eq!(
        given(
            "{{ 'Test Using Larger Than Block-Size Key - Hash Key First' | hmac('md5', k | base64decode) }}",
            names
        ),
        "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"
    );
}

#[test]
fn chained_hmac_as_aws_derives_its_signing_key() {
    // The example of AWS's documentation, "Deriving a signing key" and its signature.
    let template = "{% set k1 = '20150830' | hmac('sha256', 'AWS4' ~ key, encoding='raw') %}\
        {% set k2 = 'us-east-1' | hmac('sha256', k1, encoding='raw') %}\
        {% set k3 = 'iam' | hmac('sha256', k2, encoding='raw') %}\
        {% set k4 = 'aws4_request' | hmac('sha256', k3, encoding='raw') %}\
        {{ k4 | hexencode }} {{ text | hmac('sha256', k4) }}";
    let to_sign = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n\
        f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
    let names = json!({ "key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "text": to_sign });
    assert_eq!(
        given(template, names),
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9 \
         5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
}

#[test]
fn ed25519_by_rfc_8032() {
    // Section 7.1, test 1 (an empty message) and test 2, keys as PEM, hex and bytes.
    let first = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    let hex = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    assert_eq!(
        given("{{ '' | sign('ed25519', k) }}", json!({ "k": ED_PKCS8 })),
        first
    );
    assert_eq!(
        given("{{ '' | sign('EdDSA', k) }}", json!({ "k": hex })),
        first
    );
    assert_eq!(
        given(
            "{{ '' | sign('ed25519', k) }}",
            json!({ "k": ED_PKCS8.replace('\n', "\\n") })
        ),
        first
    );
    let names = json!({ "k": "TM0Imyj/ltqdtsNG7BFODQoB+b1L9nzKxQyBqRtWgzs=" });
    assert!(
        code(text_with("{{ 'r' | sign('ed25519', 'short') }}", json!({}))) == "template.failed"
    );
    assert_eq!(
        given(
            "{{ 'r' | sign('ed25519', k | base64decode) }}",
            names.clone()
        )
        .len(),
        128
    );
    assert_eq!(
        given("{{ 'r' | sign('ed25519', k) }}", names.clone()),
        given(
            "{{ 'r' | sign('ed25519', k | base64decode, encoding='raw') | hexencode }}",
            names
        )
    );
}

#[test]
fn rsa_by_rfc_7515() {
    // Appendix A.2.
    let message = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    for key in [
        RSA_PKCS8.to_owned(),
        RSA_PKCS1.to_owned(),
        RSA_PKCS8.replace('\n', "\\n"),
    ] {
        let names = json!({ "m": message, "k": key });
        assert_eq!(
            given("{{ m | sign('rs256', k, encoding='base64url') }}", names),
            signature
        );
    }
    // The DER alone, as base64.
    let der: String = RSA_PKCS8
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    assert_eq!(
        given(
            "{{ m | sign('RS256', k, encoding='base64url') }}",
            json!({ "m": message, "k": der })
        ),
        signature
    );
}

#[test]
fn ecdsa_signatures_verify() {
    let point = unhex("047fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad").unwrap();
    let public = UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
    for key in [EC_PKCS8, EC_SEC1] {
        let signed = unhex(&given(
            "{{ 'message' | sign('es256', k) }}",
            json!({ "k": key }),
        ))
        .unwrap();
        assert_eq!(signed.len(), 64);
        public.verify(b"message", &signed).unwrap();
    }
}

#[test]
fn sign_knows_hmac_by_its_names() {
    let expected = given("{{ 'm' | hmac('sha256', 'k') }}", json!({}));
    for name in [
        "hmac",
        "hmac-sha256",
        "hmac_sha256",
        "HMAC-SHA256",
        "hs256",
        "HS256",
    ] {
        assert_eq!(
            given("{{ 'm' | sign(n, 'k') }}", json!({ "n": name })),
            expected,
            "{name}"
        );
    }
    assert_eq!(
        given("{{ 'm' | sign('hmac-sha1', 'k') }}", json!({})),
        given("{{ 'm' | hmac('sha1', 'k') }}", json!({}))
    );
}

#[test]
fn tokens_by_rfc_7515() {
    // Appendix A.1's key signs our spelling of the header; what it gives is checked by its parts.
    let token = given(
        "{{ {'iss': 'joe', 'exp': 1300819380} | jwt_sign('secret', alg='HS256', headers={'kid': 'k1', 'alg': 'none'}) }}",
        json!({}),
    );
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(
        given("{{ p | base64decode }}", json!({ "p": parts[0] })),
        r#"{"alg":"HS256","typ":"JWT","kid":"k1"}"#
    );
    assert_eq!(
        given("{{ p | base64decode }}", json!({ "p": parts[1] })),
        r#"{"iss":"joe","exp":1300819380}"#
    );
    let message = format!("{}.{}", parts[0], parts[1]);
    assert_eq!(
        given(
            "{{ m | hmac('sha256', 'secret', encoding='base64url') }}",
            json!({ "m": message })
        ),
        parts[2]
    );
    // jwt.io's well-known token.
    assert_eq!(
        given(
            "{{ {'sub': '1234567890', 'name': 'John Doe', 'iat': 1516239022} | jwt_sign('your-256-bit-secret', alg='HS256') }}",
            json!({})
        ),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
    );
}

#[test]
fn tokens_of_every_algorithm() {
    for (algorithm, key) in [
        ("RS256", RSA_PKCS1),
        ("RS384", RSA_PKCS8),
        ("RS512", RSA_PKCS8),
        ("PS256", RSA_PKCS8),
        ("ES256", EC_PKCS8),
        ("EdDSA", ED_PKCS8),
        ("HS384", "k"),
        ("HS512", "k"),
    ] {
        let names = json!({ "k": key, "a": algorithm });
        let token = given("{{ {'sub': 'a'} | jwt_sign(k, alg=a) }}", names.clone());
        assert_eq!(
            given("{{ (t | jwt_decode).header.alg }}", json!({ "t": token })),
            algorithm
        );
        assert_eq!(
            given("{{ {'sub': 'a'} | jwt_sign(k, a) | length > 50 }}", names),
            "true"
        );
    }
    assert_eq!(
        given(
            "{{ ({'a': 1} | jwt_sign(k) | jwt_decode).header.alg }}",
            json!({ "k": RSA_PKCS8 })
        ),
        "RS256"
    );
    for (template, key) in [
        ("{{ {} | jwt_sign(k, alg='none') }}", "k"),
        ("{{ {} | jwt_sign(k, alg='RS256') }}", EC_PKCS8),
        ("{{ {} | jwt_sign(k, alg='ES256') }}", RSA_PKCS8),
        ("{{ {} | jwt_sign(k, algorithm='HS256') }}", "k"),
        ("{{ 'text' | jwt_sign(k, alg='HS256') }}", "k"),
        (
            "{{ {} | jwt_sign(k, alg='RS256') }}",
            "-----BEGIN PRIVATE KEY-----\nnope\n-----END PRIVATE KEY-----",
        ),
        (
            "{{ {} | jwt_sign(k, alg='RS256') }}",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
        ),
    ] {
        assert_eq!(
            code(text_with(template, json!({ "k": key }))),
            "template.failed",
            "{template}"
        );
    }
}

#[test]
fn tokens_are_read() {
    let names = || json!({ "t": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwiaGVhZGVyIjoieCIsImlhdCI6MTUxNjIzOTAyMn0.x" });
    assert_eq!(
        given("{{ (t | jwt_decode).payload.sub }}", names()),
        "1234567890"
    );
    assert_eq!(given("{{ (t | jwt_decode).sub }}", names()), "1234567890");
    assert_eq!(given("{{ (t | jwt_decode).header.typ }}", names()), "JWT");
    assert_eq!(given("{{ (t | jwt_decode).payload.header }}", names()), "x");
    for wrong in ["", "a", "a.b", "e30.e30.e30.e30", "!!.e30.x"] {
        assert_eq!(
            code(text_with("{{ t | jwt_decode }}", json!({ "t": wrong }))),
            "template.failed",
            "{wrong}"
        );
    }
}

#[test]
fn fingerprints_are_openssls() {
    let certificate = include_str!("keys/cert.pem");
    let names = || json!({ "c": certificate });
    assert_eq!(
        given("{{ c | pem_fingerprint }}", names()),
        "8e03a51aa0f9e1fd038349606049 52e9fb9ca2933b9f34cf1bc31447de5db44b".replace(' ', "")
    );
    assert_eq!(
        given("{{ c | pem_fingerprint('sha1') }}", names()),
        "20d25f9079de32e501e355aee7d757c76bd5a978"
    );
    assert_eq!(
        given(
            "{{ c | pem_fingerprint('sha1', encoding='base64url') }}",
            names()
        ),
        "INJfkHneMuUB41Wu59dXx2vVqXg"
    );
    let rsa = "6fd13c2435a361e7c588cd17f55f5ad3df0177a66c1727a6a200845f4d7ab88c";
    for key in [
        include_str!("keys/rsa_pub.pem"),
        include_str!("keys/rsa_pub1.pem"),
        RSA_PKCS8,
        RSA_PKCS1,
    ] {
        assert_eq!(given("{{ k | pem_fingerprint }}", json!({ "k": key })), rsa);
    }
    for key in [EC_PKCS8, EC_SEC1] {
        assert_eq!(
            given("{{ k | pem_fingerprint }}", json!({ "k": key })),
            "2bd1bb0c44a897c30a7aa0991cde38d8062fe441de50da0f46825344f602e827"
        );
    }
    assert_eq!(
        given("{{ k | pem_fingerprint }}", json!({ "k": ED_PKCS8 })),
        "06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9"
    );
    assert_eq!(
        code(text_with("{{ 'x' | pem_fingerprint }}", json!({}))),
        "template.failed"
    );
}

#[test]
fn wrong_options_are_refused() {
    for template in [
        "{{ 'a' | hash('sha3') }}",
        "{{ 'a' | hash('sha256', encoding='utf8') }}",
        "{{ 'a' | hash('sha256', enc='hex') }}",
        "{{ 'a' | hash }}",
        "{{ 'a' | hmac('sha256') }}",
        "{{ 'a' | sign('rot13', 'k') }}",
        "{{ 'a' | sign('rs256', 'k') }}",
    ] {
        assert_eq!(
            code(text_with(template, json!({}))),
            "template.failed",
            "{template}"
        );
    }
}
