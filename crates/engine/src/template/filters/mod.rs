//! The filters and functions that templates have beyond minijinja's: one file for each kind.
//!
//! A filter takes text, bytes, or any value for its text; it fails with the name of a value that is not there, and
//! no message of one holds a value.

#![expect(
    clippy::needless_pass_by_value,
    reason = "minijinja hands filters their options by value"
)]

mod arguments;
mod builtin;
mod cookie;
mod digest;
mod encoding;
mod escape;
mod html_tree;
mod json;
mod jwt;
pub(crate) use jwt::{jwt_claims, signed_token};
mod key;
mod options;
mod path_cost;
mod pattern;
mod pem_fingerprint;
mod random;
mod sign;
pub(crate) use sign::rsa_sha256;
mod time;
mod xpath;

use minijinja::Environment;

pub(crate) use encoding::hex;
pub(super) use encoding::unhex;

/// Puts all of them into the environment.
pub(super) fn register(environment: &mut Environment<'static>) {
    builtin::register(environment);
    environment.add_filter("base64encode", encoding::base64encode);
    environment.add_filter("base64decode", encoding::base64decode);
    environment.add_filter("base64url", encoding::base64url);
    environment.add_filter("hexencode", encoding::hexencode);
    environment.add_filter("urlencode", escape::urlencode);
    environment.add_filter("xmlescape", escape::xmlescape);
    environment.add_filter("hash", digest::hash);
    environment.add_filter("hmac", digest::hmac);
    environment.add_filter("sign", sign::sign);
    environment.add_filter("jwt_sign", jwt::jwt_sign);
    environment.add_filter("jwt_decode", jwt::jwt_decode);
    environment.add_filter("pem_fingerprint", pem_fingerprint::pem_fingerprint);
    environment.add_filter("json", json::json);
    environment.add_filter("parse_json", json::parse_json);
    environment.add_filter("jsonpath", json::jsonpath);
    environment.add_filter("jsonpath_all", json::jsonpath_all);
    environment.add_filter("options", options::options);
    environment.add_filter("xpath", xpath::xpath);
    environment.add_filter("xpath_all", xpath::xpath_all);
    environment.add_filter("regex", pattern::regex);
    environment.add_filter("regex_all", pattern::regex_all);
    environment.add_filter("cookie", cookie::cookie);
    environment.add_filter("format_time", time::format_time);
    environment.add_filter("parse_time", time::parse_time);
    environment.add_function("cookie", cookie::cookie_at_hand);
    environment.add_function("now", time::now);
    environment.add_function("uuid", random::uuid);
    environment.add_function("random_hex", random::random_hex);
}
