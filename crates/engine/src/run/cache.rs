//! What of a run is cached, and what a run takes out of a cache.

use std::collections::BTreeMap;

use super::Run;
use crate::http::{CookieJar, StoredCookies};
use crate::session::CachedOutputs;

impl Run<'_> {
    /// The outputs as they are cached for later calls, in the account's own scope: all but those of steps with
    /// shared credentials.
    pub fn cached_outputs(&self) -> CachedOutputs {
        CachedOutputs {
            cookies: if self.plan.send_cookies {
                self.jar.store()
            } else {
                StoredCookies::default()
            },
            ..self.outputs_where(|step| !self.is_shared(step))
        }
    }

    /// The outputs of the steps with shared credentials, as they are cached for everyone.
    pub fn shared_outputs(&self) -> CachedOutputs {
        self.outputs_where(|step| self.is_shared(step))
    }

    fn is_shared(&self, step_id: &str) -> bool {
        self.plan
            .steps
            .iter()
            .any(|step| step.id == step_id && step.is_shared())
    }

    fn outputs_where(&self, wanted: impl Fn(&str) -> bool) -> CachedOutputs {
        let outputs = self.outputs.iter().filter(|(step, _)| wanted(step));
        let outputs = outputs.map(|(step, outputs)| {
            let kept = outputs
                .iter()
                .filter(|(key, _)| !self.one_time.contains(&(step.clone(), (*key).clone())))
                .map(|(key, value)| (key.clone(), value.clone()));
            (step.clone(), kept.collect())
        });
        let expires_by_step: BTreeMap<String, i64> = self
            .expires_at
            .iter()
            .filter(|(step, _)| wanted(step))
            .map(|(step, expires_at)| (step.clone(), *expires_at))
            .collect();
        CachedOutputs {
            outputs: outputs.collect(),
            cookies: StoredCookies::default(),
            expires_at: expires_by_step.values().min().copied(),
            expires_by_step,
            obtained_at: Some(self.clock().unix_seconds()),
        }
    }

    /// Takes cached outputs in place of running the auth flow.
    pub fn restore(&mut self, cached: CachedOutputs) {
        self.jar = CookieJar::restore(&cached.cookies);
        self.restore_outputs(cached);
    }

    /// Takes the outputs of steps with shared credentials; the flow does not run those steps then.
    pub fn restore_shared(&mut self, mut cached: CachedOutputs) {
        cached.outputs.retain(|step, _| self.is_shared(step));
        self.restore_outputs(cached);
    }

    fn restore_outputs(&mut self, cached: CachedOutputs) {
        let plan = self.plan.clone();
        let mut cached_outputs = cached.outputs;
        for step in plan.steps.iter().filter(|step| !step.disabled) {
            if let Some(outputs) = cached_outputs.remove(&step.id) {
                self.learn(step, &outputs);
                let expires_at = if cached.expires_by_step.is_empty() {
                    cached.expires_at
                } else {
                    cached.expires_by_step.get(&step.id).copied()
                };
                match expires_at {
                    Some(at) => self.expires_at.insert(step.id.clone(), at),
                    None => self.expires_at.remove(&step.id),
                };
                self.put(step, outputs);
            }
        }
    }
}
