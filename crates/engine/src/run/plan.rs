//! The steps of a run: those of the file, or those that a preset stands for.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use latchwork_model::{Auth, Multistep};

/// What a run walks. It is cheap to clone, and borrows nothing of the run.
#[derive(Clone)]
pub(crate) enum Plan<'a> {
    /// The file's own.
    Written(&'a Multistep),
    /// A preset's.
    Made(Arc<Multistep>),
}

impl<'a> Plan<'a> {
    pub(super) fn of(auth: &'a Auth) -> Self {
        match auth.plan() {
            Cow::Borrowed(plan) => Self::Written(plan),
            Cow::Owned(plan) => Self::Made(Arc::new(plan)),
        }
    }
}

impl Deref for Plan<'_> {
    type Target = Multistep;

    fn deref(&self) -> &Multistep {
        match self {
            Self::Written(plan) => plan,
            Self::Made(plan) => plan,
        }
    }
}
