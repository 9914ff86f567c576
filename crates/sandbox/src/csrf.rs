//! The hidden tokens of the HTML login: each page hands out one, and it counts once, with its cookie.

use std::collections::VecDeque;

use uuid::Uuid;

/// How many unanswered login pages are remembered; the oldest makes room.
const LIMIT: usize = 200;
/// How long a login page may be looked at, in seconds.
const LIFETIME: u64 = 600;

/// What a login page was given.
#[derive(Clone, Debug)]
pub(crate) struct CsrfPair {
    /// Stands in the page.
    pub token: String,
    /// Stands in the cookie.
    pub cookie: String,
    expires_at: u64,
}

/// The pages that wait for an answer, oldest first.
#[derive(Debug, Default)]
pub(crate) struct CsrfPairs {
    pairs: VecDeque<CsrfPair>,
}

impl CsrfPairs {
    /// A new pair, for a new page.
    pub fn issue(&mut self, now: u64) -> CsrfPair {
        if self.pairs.len() >= LIMIT {
            self.pairs.pop_front();
        }
        let pair = CsrfPair {
            token: Uuid::new_v4().simple().to_string(),
            cookie: Uuid::new_v4().simple().to_string(),
            expires_at: now.saturating_add(LIFETIME),
        };
        self.pairs.push_back(pair.clone());
        pair
    }

    /// Uses a pair up; false where there is none such, or its time is over.
    pub fn redeem(&mut self, token: &str, cookie: &str, now: u64) -> bool {
        let found = self
            .pairs
            .iter()
            .position(|pair| pair.token == token && pair.cookie == cookie);
        found
            .and_then(|index| self.pairs.remove(index))
            .is_some_and(|pair| now < pair.expires_at)
    }
}
