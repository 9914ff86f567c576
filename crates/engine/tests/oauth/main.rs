//! OAuth steps against an authorization server with odd answers, and against a certified provider. Tests are named
//! after the statements of SAFETY that they hold.

mod authorization;
mod canary;
mod client_authentication;
mod device;
mod discovery;
mod id_tokens;
mod jwt_bearer;
mod loopback;
mod pasting;
mod private_key_jwt;
mod provider;
mod refresh;
mod signing_in;
mod token_answers;
