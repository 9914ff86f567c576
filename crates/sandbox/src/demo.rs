//! The one user there is, and what they sign in with. None of it is secret.

use serde::Serialize;

/// The demo user's e-mail address.
pub const EMAIL: &str = "demo@latchwork.example";
/// The demo user's password.
pub const PASSWORD: &str = "practice";
/// The demo user's API key.
pub const API_KEY: &str = "harbour-practice-key";

/// A user, as the API shows one.
#[derive(Clone, Copy, Debug, Serialize, async_graphql::SimpleObject)]
pub(crate) struct User {
    /// The user's id.
    pub id: &'static str,
    /// The user's name.
    pub name: &'static str,
    /// The user's e-mail address.
    pub email: &'static str,
}

/// The demo user.
pub(crate) const USER: User = User {
    id: "u_100",
    name: "Dana Keel",
    email: EMAIL,
};

/// A workspace that the user may choose.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Workspace {
    pub id: &'static str,
    pub name: &'static str,
    pub role: &'static str,
}

/// The workspaces of the demo user.
pub(crate) const WORKSPACES: &[Workspace] = &[
    Workspace {
        id: "ws_north",
        name: "North pier",
        role: "owner",
    },
    Workspace {
        id: "ws_south",
        name: "South pier",
        role: "member",
    },
    Workspace {
        id: "ws_depot",
        name: "Depot",
        role: "guest",
    },
];

/// Whether these are the demo user's credentials. The address counts in any case, as mail does in practice.
pub(crate) fn accepts(email: &str, password: &str) -> bool {
    email.trim().eq_ignore_ascii_case(EMAIL) && password == PASSWORD
}
