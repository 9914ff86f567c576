//! What a person is told outside any run. It waits until a window listens: what happened at the start is told too.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::studio::Studio;
use crate::wire::StudioNotice;

/// The most notices that wait for a window: a page that opens links without end fills nobody's memory.
const MOST_WAITING: usize = 16;

/// Where notices go; false once nobody listens.
type Watcher = Arc<dyn Fn(StudioNotice) -> bool + Send + Sync>;

/// Who listens, and what waits for somebody to.
#[derive(Default)]
pub(crate) struct Notices(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    watchers: Vec<Watcher>,
    notices: VecDeque<StudioNotice>,
}

impl Notices {
    fn watch(&self, watcher: Watcher) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(notice) = waiting.notices.pop_front() {
            if !watcher(notice.clone()) {
                waiting.notices.push_front(notice);
                return;
            }
        }
        waiting.watchers.push(watcher);
    }

    fn tell_now(&self, notice: &StudioNotice) -> MutexGuard<'_, Waiting> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.watchers.retain(|watcher| watcher(notice.clone()));
        waiting
    }

    fn tell(&self, notice: StudioNotice) {
        let mut waiting = self.tell_now(&notice);
        if waiting.watchers.is_empty() {
            waiting.notices.push_back(notice);
            while waiting.notices.len() > MOST_WAITING {
                waiting.notices.pop_front();
            }
        }
    }
}

impl Studio {
    /// Tells a notice to the windows that listen now, and to no later one.
    pub(crate) fn tell_watchers(&self, notice: &StudioNotice) {
        drop(self.notices().tell_now(notice));
    }

    /// Listens to notices, those that wait first. `watcher` says false once nobody listens.
    pub fn notice_watch(&self, watcher: impl Fn(StudioNotice) -> bool + Send + Sync + 'static) {
        self.notices().watch(Arc::new(watcher));
    }

    /// Tells a notice to every window, or keeps it for the first that listens.
    pub fn tell_notice(&self, notice: StudioNotice) {
        self.notices().tell(notice);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn notice(number: usize) -> StudioNotice {
        StudioNotice::SignInInterrupted {
            connector_id: None,
            connector_name: None,
            message: number.to_string(),
        }
    }

    #[test]
    fn a_notice_waits_for_a_window_and_a_window_that_has_gone_loses_none() {
        let notices = Notices::default();
        notices.tell(notice(1));
        let (sender, heard) = mpsc::channel();
        notices.watch(Arc::new(move |notice| sender.send(notice).is_ok()));
        notices.tell(notice(2));
        assert_eq!([heard.recv(), heard.recv()], [Ok(notice(1)), Ok(notice(2))]);
        drop(heard);
        notices.tell(notice(3));
        let (sender, heard) = mpsc::channel();
        notices.watch(Arc::new(move |notice| sender.send(notice).is_ok()));
        assert_eq!(heard.try_recv(), Ok(notice(3)));
        assert!(heard.try_recv().is_err(), "each is told once");
    }

    #[test]
    fn what_waits_is_bounded_and_the_oldest_goes() {
        let notices = Notices::default();
        (0..100).for_each(|number| notices.tell(notice(number)));
        let (sender, heard) = mpsc::channel();
        notices.watch(Arc::new(move |notice| sender.send(notice).is_ok()));
        let told: Vec<_> = heard.try_iter().collect();
        assert_eq!(told.len(), MOST_WAITING);
        assert_eq!(told.last(), Some(&notice(99)));
    }
}
