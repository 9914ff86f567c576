//! A part of the auth flow: one step, or all from one on. What the steps before it left in an earlier run stands in for
//! running them again, as long as they are the same steps as then.
//!
//! Not here: the refresh flow, and anything that outlives the process. What is left is kept in memory, unmasked.

use latchwork_model::{Step, StepKind};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Run, RunFailure};
use crate::event::RunEvent;
use crate::http::CookieJar;

/// What the steps of a run left, in their order, each with the cookies that there were after it.
#[derive(Clone, Default)]
pub struct LeftBehind {
    /// What they ran over; with anything else nothing of it counts (SAFETY Z32).
    ground: [u8; 32],
    steps: Vec<LeftStep>,
}

#[derive(Clone)]
struct LeftStep {
    step: Step,
    /// Nothing where the step was skipped.
    outputs: Option<Map<String, Value>>,
    /// When they expire, in Unix seconds.
    expires_at: Option<i64>,
    jar: CookieJar,
}

/// The one-time fields of a form.
fn codes(step: &Step) -> impl Iterator<Item = &str> {
    let fields = match &step.kind {
        StepKind::Form(form) => form.fields.as_slice(),
        _ => &[],
    };
    let codes = fields.iter().filter(|field| field.one_time);
    codes.map(|field| field.key.as_str())
}

/// Whether one of these steps may use a one-time code of this one.
fn uses_code(step: &Step, later: &[&Step]) -> bool {
    let mut codes = codes(step).peekable();
    if codes.peek().is_none() {
        return false;
    }
    let later = serde_json::to_string(later).unwrap_or_default();
    let by_index = format!("{}[", step.id);
    later.contains(&by_index) || codes.any(|code| later.contains(&format!("{}.{code}", step.id)))
}

/// Which steps of the auth flow run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowPart<'s> {
    /// The step with this id, and what has to run before it.
    Only(&'s str),
    /// The same and all that follow.
    From(&'s str),
}

impl<'s> FlowPart<'s> {
    /// The step that was asked for.
    pub const fn step(self) -> &'s str {
        match self {
            Self::Only(step) | Self::From(step) => step,
        }
    }
}

impl Run<'_> {
    /// From now on each step's outputs are kept, to be taken away with [`Self::left_behind`].
    pub fn keep_what_steps_leave(&mut self) {
        let ground = self.ground();
        self.left.get_or_insert_default().ground = ground;
    }

    /// What the steps left, where that was kept.
    pub fn left_behind(&mut self) -> LeftBehind {
        self.left.take().unwrap_or_default()
    }

    /// A digest of what decides where requests go and what they carry, but for the steps themselves.
    fn ground(&self) -> [u8; 32] {
        let of = |name: &str| self.scope.get(name).map(|value| value.to_json());
        let ground = json!({
            "base_url": self.connector.base_url,
            "network": self.connector.network,
            "allowed_origins": self.connector.allowed_origins,
            "vars": of("vars"),
            "account": of("account"),
        });
        Sha256::digest(ground.to_string().as_bytes()).into()
    }

    /// Keeps what a step left. Nothing of one that everyone shares, which the shared scope has, and nothing of the
    /// person's single sign-on session, which is asked for whenever it is used.
    pub(super) fn keep_left(&mut self, step: &Step, outputs: Option<&Map<String, Value>>) {
        if step.is_shared() || matches!(step.kind, StepKind::SsoToken(_)) {
            return;
        }
        let expires_at = self.expires_at.get(&step.id).copied();
        let Some(left) = &mut self.left else {
            return;
        };
        let mut outputs = outputs.cloned();
        if let Some(outputs) = &mut outputs {
            // One-time codes are never replayed.
            outputs.retain(|key, _| codes(step).all(|code| code != key));
        }
        left.steps.push(LeftStep {
            step: step.clone(),
            outputs,
            expires_at,
            jar: self.jar.clone(),
        });
    }

    /// Runs a part of the auth flow. As far as the flow before it is what it was when `left` was kept, it is not run again;
    /// from the first step that is another, all are. Tells which were not run. Where the flow has no such step, or it
    /// is disabled, nothing runs.
    pub async fn auth_flow_part(
        &mut self,
        part: FlowPart<'_>,
        left: &LeftBehind,
    ) -> Result<(), RunFailure> {
        let plan = self.plan.clone();
        let steps: Vec<&Step> = plan.steps.iter().filter(|step| !step.disabled).collect();
        let Some(at) = steps.iter().position(|step| step.id == part.step()) else {
            return Ok(());
        };
        let end = match part {
            FlowPart::Only(_) => at + 1,
            FlowPart::From(_) => steps.len(),
        };
        let left = if left.ground == self.ground() {
            left.steps.as_slice()
        } else {
            &[]
        };
        let begin = self.first_to_run(&steps[..end], at, left);
        let own = steps[..begin].iter().filter(|step| !step.is_shared());
        let kept: Vec<String> = own.map(|step| step.id.clone()).collect();
        for left in &left[..kept.len()] {
            self.take_back(left);
        }
        if !kept.is_empty() {
            self.host.tell(RunEvent::StepsKept { steps: kept });
        }
        for step in &steps[begin..end] {
            self.flow_step(step).await?;
        }
        Ok(())
    }

    /// The first step that has to run for the one at `at`: what is before it is there as it would be.
    fn first_to_run(&self, steps: &[&Step], at: usize, left: &[LeftStep]) -> usize {
        let mut left = left.iter();
        let first = steps[..at].iter().position(|step| {
            if step.is_shared() {
                !self.outputs.contains_key(&step.id)
            } else {
                left.next().is_none_or(|left| left.step != **step)
            }
        });
        let mut begin = first.unwrap_or(at);
        // A one-time code is gone: where it is used, it is asked for again.
        while let Some(asks) = steps[..begin]
            .iter()
            .position(|step| uses_code(step, &steps[begin..]))
        {
            begin = asks;
        }
        begin
    }

    fn take_back(&mut self, left: &LeftStep) {
        self.jar = left.jar.clone();
        if let Some(outputs) = &left.outputs {
            self.learn(&left.step, outputs);
            self.take_outputs(&left.step, outputs.clone());
        }
        // As it was then: a lifetime in seconds does not begin anew.
        match left.expires_at {
            Some(at) => self.expires_at.insert(left.step.id.clone(), at),
            None => self.expires_at.remove(&left.step.id),
        };
        self.keep_left(&left.step, left.outputs.as_ref());
    }
}
