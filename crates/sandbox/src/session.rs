//! Sessions: who is signed in, until when, and how a session is renewed.

use std::collections::VecDeque;

use uuid::Uuid;

/// How many sessions are kept; the oldest makes room for a new one.
pub(crate) const LIMIT: usize = 200;
/// How long a session lasts where the request does not say, in seconds.
pub(crate) const DEFAULT_TTL: u64 = 900;
/// The longest that a request may ask for, in seconds.
pub(crate) const MAX_TTL: u64 = 86_400;

/// One sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Sent as `Authorization: Bearer …`.
    pub token: String,
    /// Sent as the session cookie.
    pub cookie: String,
    /// Exchanged once for a new token.
    pub renewal_token: String,
    /// Lifetime in seconds, kept over renewals.
    pub ttl: u64,
    /// Unix seconds.
    pub expires_at: u64,
}

impl Session {
    fn new(ttl: u64, now: u64) -> Self {
        Self {
            token: format!("hbr_{}", Uuid::new_v4().simple()),
            cookie: Uuid::new_v4().simple().to_string(),
            renewal_token: format!("hbrr_{}", Uuid::new_v4().simple()),
            ttl,
            expires_at: now.saturating_add(ttl),
        }
    }
}

/// What a presented credential turned out to be.
#[derive(Clone, Debug)]
pub(crate) enum Presented {
    Valid(Session),
    Expired { seconds_ago: u64 },
    Unknown,
}

/// All sessions, oldest first. Expired ones stay until they make room, so that "expired" can be told from "unknown".
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    sessions: VecDeque<Session>,
}

impl Sessions {
    /// Opens a session of `ttl` seconds.
    pub fn open(&mut self, ttl: u64, now: u64) -> Session {
        if self.sessions.len() >= LIMIT {
            self.sessions.pop_front();
        }
        let session = Session::new(ttl, now);
        self.sessions.push_back(session.clone());
        session
    }

    /// Exchanges a renewal token for a new session; the old one ends, renewal token and all.
    pub fn renew(&mut self, renewal_token: &str, now: u64) -> Option<Session> {
        let index = self
            .sessions
            .iter()
            .position(|session| session.renewal_token == renewal_token)?;
        let old = self.sessions.remove(index)?;
        Some(self.open(old.ttl, now))
    }

    /// Ends a session.
    pub fn close(&mut self, token: &str) {
        self.sessions.retain(|session| session.token != token);
    }

    /// What a bearer token is worth now.
    pub fn by_token(&self, token: &str, now: u64) -> Presented {
        self.find(now, |session| session.token == token)
    }

    /// What a session cookie is worth now.
    pub fn by_cookie(&self, cookie: &str, now: u64) -> Presented {
        self.find(now, |session| session.cookie == cookie)
    }

    fn find(&self, now: u64, is_it: impl Fn(&Session) -> bool) -> Presented {
        match self.sessions.iter().rev().find(|session| is_it(session)) {
            Some(session) if now < session.expires_at => Presented::Valid(session.clone()),
            Some(session) => Presented::Expired {
                seconds_ago: now - session.expires_at,
            },
            None => Presented::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_session_makes_room_for_a_new_one() {
        let mut sessions = Sessions::default();
        let first = sessions.open(60, 0);
        let second = sessions.open(60, 0);
        for _ in 0..LIMIT - 1 {
            sessions.open(60, 0);
        }
        assert_eq!(sessions.sessions.len(), LIMIT);
        assert!(matches!(
            sessions.by_token(&first.token, 0),
            Presented::Unknown
        ));
        assert!(matches!(
            sessions.by_token(&second.token, 0),
            Presented::Valid(_)
        ));
    }

    #[test]
    fn a_session_ends_with_the_second_it_was_given() {
        let mut sessions = Sessions::default();
        let session = sessions.open(5, 100);
        assert!(matches!(
            sessions.by_token(&session.token, 104),
            Presented::Valid(_)
        ));
        assert!(matches!(
            sessions.by_token(&session.token, 105),
            Presented::Expired { seconds_ago: 0 }
        ));
    }
}
