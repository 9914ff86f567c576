//! One renewal of a session in this process, for all who want it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use latchwork_engine::{Host, RefreshReason, RunEvent, RunInput};
use latchwork_model::{Connector, StepKind};
use tokio::sync::{mpsc, watch};

use super::flight::Flight;
use super::outcome::Outcome;
use super::relay::{Listener, Relayed};
use super::whose::{Found, Whose};
use crate::studio::Studio;

/// How long a renewal may take: with all of its attempts, and the wait for another process that is at it (F11).
const DEADLINE: Duration = Duration::from_mins(2);
/// The longest that a provider's `Retry-After` keeps the next renewal back.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    connector_id: String,
    account: String,
    fingerprint: String,
    own: bool,
}

impl Key {
    fn of(whose: &Whose) -> Self {
        Self {
            connector_id: whose.connector_id.clone(),
            account: whose.account.id.clone(),
            fingerprint: whose.fingerprint.clone(),
            own: whose.scopes.own,
        }
    }
}

/// The renewals that go on, and those that a provider asked to wait with.
pub(crate) struct Flights {
    under_way: Mutex<HashMap<Key, watch::Receiver<Option<Arc<Outcome>>>>>,
    /// How many have answered everyone, and are still at what is only told.
    noting: watch::Sender<usize>,
    pausing: Mutex<HashMap<Key, (Instant, Arc<Outcome>)>>,
    deadline: Duration,
}

impl Default for Flights {
    fn default() -> Self {
        Self {
            under_way: Mutex::default(),
            noting: watch::Sender::new(0),
            pausing: Mutex::default(),
            deadline: DEADLINE,
        }
    }
}

impl Flights {
    pub(crate) fn with_deadline(deadline: Duration) -> Self {
        Self {
            deadline,
            ..Self::default()
        }
    }

    /// How long this connector's renewal may take: a poll brings its own time.
    fn deadline_of(&self, connector: &Connector) -> Duration {
        let plan = connector.auth.plan();
        let refresh = plan.refresh.iter().flat_map(|refresh| &refresh.steps);
        let polls = plan
            .steps
            .iter()
            .chain(refresh)
            .filter_map(|step| match &step.kind {
                StepKind::Poll(poll) if !step.disabled => Some(poll.timeout_seconds.duration()),
                _ => None,
            });
        polls.fold(self.deadline, Duration::saturating_add)
    }

    /// What a provider that asked to be left alone said last, as long as it asked for.
    fn pause(&self, key: &Key) -> Option<Arc<Outcome>> {
        let mut pausing = lock(&self.pausing);
        let (until, outcome) = pausing.get(key)?;
        if Instant::now() < *until {
            return Some(Arc::clone(outcome));
        }
        pausing.remove(key);
        None
    }
}

impl Studio {
    /// Waits until the renewals that have answered everyone have also noted what is only told afterwards: who it is,
    /// and the session activity. For a process that ends with its answer. It waits for no renewal that goes on.
    pub async fn renewals_noted(&self) {
        let mut noting = self.flights().noting.subscribe();
        // The sender lives as long as the studio does.
        let _ = noting.wait_for(|count| *count == 0).await;
    }

    /// Renews a session that `base` is, or waits for whoever does already. The host hears of it either way.
    pub(crate) async fn renew(
        self: &Arc<Self>,
        whose: &Whose,
        base: &Found,
        reason: RefreshReason,
        input: &RunInput,
        host: &dyn Host,
    ) -> Arc<Outcome> {
        if reason != RefreshReason::Asked
            && let Some(outcome) = self.flights().pause(&Key::of(whose))
        {
            host.tell(started(reason));
            host.tell(outcome.event());
            return outcome;
        }
        loop {
            let (mut receiver, began) = self.board(whose, base, reason, input);
            if let Some(mut events) = began {
                hear(&mut events, receiver.clone(), host).await;
                return landed(&mut receiver).await;
            }
            host.tell(started(reason));
            let outcome = landed(&mut receiver).await;
            host.tell(outcome.event());
            // One that had ended when it was boarded may have brought what is over by now.
            match &*outcome {
                Outcome::Renewed { found, .. } if !found.differs(base) => {}
                _ => return outcome,
            }
        }
    }

    /// Boards the flight that goes on, or begins one and hears what happens in it.
    fn board(
        self: &Arc<Self>,
        whose: &Whose,
        base: &Found,
        reason: RefreshReason,
        input: &RunInput,
    ) -> (
        watch::Receiver<Option<Arc<Outcome>>>,
        Option<mpsc::UnboundedReceiver<Relayed>>,
    ) {
        // Not kept by those who wait: what each of them holds is let go of when all are answered.
        let key = Key::of(whose);
        let mut under_way = lock(&self.flights().under_way);
        if let Some(receiver) = under_way.get(&key) {
            return (receiver.clone(), None);
        }
        let (sender, receiver) = watch::channel(None);
        let (listener, events) = mpsc::unbounded_channel();
        under_way.insert(key.clone(), receiver.clone());
        drop(under_way);
        let answer = Answer(Arc::new(Slot {
            studio: Arc::clone(self),
            key,
            sender,
        }));
        let flight = Flight {
            studio: Arc::clone(self),
            whose: whose.clone(),
            base: base.clone(),
            reason,
            input: input.clone(),
            listener: Listener(listener),
            answer: answer.clone(),
        };
        let deadline = self.flights().deadline_of(&whose.connector);
        tokio::spawn(async move {
            let flown = tokio::time::timeout(deadline, flight.fly()).await;
            let pause = flown.unwrap_or_else(|_| {
                let words = format!("it took longer than {} seconds", deadline.as_secs());
                answer.give(Outcome::passing(&words, None));
                None
            });
            if let Some(pause) = pause {
                answer.0.pause(pause);
            }
        });
        (receiver, Some(events))
    }
}

/// The answer to everyone who waits; the first counts. Where none is given, whatever happened, those who wait hear of
/// that.
#[derive(Clone)]
pub(super) struct Answer(Arc<Slot>);

/// A flight's place on the board of those under way.
struct Slot {
    studio: Arc<Studio>,
    key: Key,
    sender: watch::Sender<Option<Arc<Outcome>>>,
}

impl Answer {
    pub(super) fn give(&self, outcome: Outcome) {
        // Off the board first: whoever comes from here on has seen what it brought, or wants another one.
        self.0.leave();
        self.0.sender.send_if_modified(|given| {
            let is_first = given.is_none();
            if is_first {
                *given = Some(Arc::new(outcome));
                let noting = &self.0.studio.flights().noting;
                noting.send_modify(|count| *count += 1);
            }
            is_first
        });
    }
}

impl Slot {
    fn leave(&self) {
        let mut under_way = lock(&self.studio.flights().under_way);
        let receiver = self.sender.subscribe();
        if under_way
            .get(&self.key)
            .is_some_and(|other| other.same_channel(&receiver))
        {
            under_way.remove(&self.key);
        }
    }

    fn pause(&self, pause: Duration) {
        if let Some(outcome) = self.sender.borrow().clone() {
            let until = Instant::now() + pause.min(LONGEST_PAUSE);
            let mut pausing = lock(&self.studio.flights().pausing);
            pausing.insert(self.key.clone(), (until, outcome));
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.leave();
        if self.sender.borrow().is_some() {
            let noting = &self.studio.flights().noting;
            noting.send_modify(|count| *count = count.saturating_sub(1));
        }
    }
}

/// Hands on what happens in a flight until its outcome is there.
async fn hear(
    events: &mut mpsc::UnboundedReceiver<Relayed>,
    mut receiver: watch::Receiver<Option<Arc<Outcome>>>,
    host: &dyn Host,
) {
    loop {
        tokio::select! {
            biased;
            relayed = events.recv() => match relayed {
                Some(relayed) => relayed.hand_to(host),
                None => return,
            },
            _ = landed(&mut receiver) => {
                while let Ok(relayed) = events.try_recv() {
                    relayed.hand_to(host);
                }
                return;
            }
        }
    }
}

async fn landed(receiver: &mut watch::Receiver<Option<Arc<Outcome>>>) -> Arc<Outcome> {
    match receiver.wait_for(Option::is_some).await {
        Ok(outcome) => (*outcome).clone(),
        Err(_) => None,
    }
    .unwrap_or_else(|| Arc::new(Outcome::passing("it broke off", None)))
}

fn started(reason: RefreshReason) -> RunEvent {
    RunEvent::RefreshStarted {
        reason: reason.text(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
