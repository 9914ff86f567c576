//! One rendering: what templates look names up in, and the stand-in for a value that is not there.

use std::cmp::Ordering;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{DynObject, Enumerator, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};

use super::moment::Moment;
use super::scope::Scope;

/// The name that filters and functions find the rendering by. No template can write it.
const SELF: &str = "\0render";

/// Something that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    /// A lookup: its number among the template's chains.
    Chain(usize),
    /// A filter that found nothing.
    Filter(&'static str),
}

/// One rendering of one template. It is the root that minijinja looks names up in.
pub(super) struct Render {
    pub(super) scope: Scope,
    pub(super) moment: Moment,
    /// Whether each value is marked in the output, so that it can be encoded by its place.
    pub(super) marked: bool,
    absent: Mutex<AbsentSeen>,
}

#[derive(Default)]
struct AbsentSeen {
    /// What was used though it is not there.
    used: Option<Absent>,
    /// What was last found not to be there.
    last: Option<Absent>,
}

impl Render {
    pub(super) fn new(scope: &Scope, moment: &Moment, marked: bool) -> Arc<Self> {
        Arc::new(Self {
            scope: scope.clone(),
            moment: moment.clone(),
            marked,
            absent: Mutex::default(),
        })
    }

    /// The rendering that a filter or function was called by.
    pub(super) fn of(state: &State<'_, '_>) -> Option<Arc<Self>> {
        state.lookup(SELF)?.downcast_object::<Self>()
    }

    /// What was used though it is not there.
    pub(super) fn used(&self) -> Option<Absent> {
        self.absent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .used
            .clone()
    }

    /// What was last found not to be there, used or not.
    pub(super) fn last(&self) -> Option<Absent> {
        self.absent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .last
            .clone()
    }

    /// A stand-in for what is not there.
    pub(super) fn missing(self: &Arc<Self>, what: Absent) -> Value {
        self.absent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .last = Some(what.clone());
        Value::from_object(Missing {
            render: Arc::clone(self),
            what,
        })
    }
}

impl fmt::Debug for Render {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Render")
    }
}

impl Object for Render {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        if key == SELF {
            return Some(Value::from_dyn_object(Arc::clone(self)));
        }
        self.scope.value(key).cloned()
    }
}

/// The stand-in for a value that is not there: false, without members, and noted as soon as it is used.
pub(super) struct Missing {
    render: Arc<Render>,
    pub(super) what: Absent,
}

impl Missing {
    /// Notes that something else is taken in its place.
    pub(super) fn forgive(&self) {
        self.render
            .absent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .last
            .take_if(|last| *last == self.what);
    }

    /// Notes that it was used, and gives the error for it. The first use is the one that counts.
    pub(super) fn note_use(&self) -> Error {
        let mut seen = self
            .render
            .absent
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        seen.used.get_or_insert_with(|| self.what.clone());
        Error::new(ErrorKind::UndefinedError, "a value is not there")
    }
}

impl fmt::Debug for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("undefined")
    }
}

impl Object for Missing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        Some(Value::from_dyn_object(Arc::clone(self)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        self.note_use();
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, _: &[Value]) -> Result<Value, Error> {
        Err(self.note_use())
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        _: &str,
        _: &[Value],
    ) -> Result<Value, Error> {
        Err(self.note_use())
    }

    fn custom_cmp(self: &Arc<Self>, _: &DynObject) -> Option<Ordering> {
        // Only asked of two of this kind: nothing is like nothing.
        Some(Ordering::Equal)
    }

    fn render(self: &Arc<Self>, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note_use();
        Ok(())
    }
}

/// Whether a value is not there.
pub(super) fn is_missing(value: &Value) -> bool {
    value.is_undefined() || value.downcast_object_ref::<Missing>().is_some()
}
