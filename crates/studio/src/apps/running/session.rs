//! One running app: its state, what its window was told last, and the tasks that go on for it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use latchwork_model::app::{Action, App, Control, ControlKind};
use latchwork_model::{Connector, Template};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::bound::Bound;
use super::changes::Names;
use super::gate::Gate;
use super::state::State;
use crate::studio::Studio;
use crate::wire::{AppError, AppUpdate, ControlView, MenuEntry, RunningApp, Theme};

/// Where an app's updates go; false once nobody listens.
pub(super) type Sink = Arc<dyn Fn(AppUpdate) -> bool + Send + Sync>;

/// One running app.
pub(crate) struct Session {
    pub(super) studio: Arc<Studio>,
    pub(super) app: Arc<App>,
    /// Whose choices of accounts these are: the app in the library, or the file.
    pub(super) key: String,
    pub(super) is_preview: bool,
    /// The names that each control's drawing uses, and those that its source uses.
    pub(super) names: HashMap<String, Names>,
    inner: Mutex<Inner>,
    tasks: Mutex<JoinSet<()>>,
    /// Who is signed in is looked up and told one after another: what is told last was looked up last.
    pub(super) telling: tokio::sync::Mutex<()>,
}

/// What is behind the lock.
pub(super) struct Inner {
    pub state: State,
    /// The connectors, or why one cannot be used.
    pub bound: HashMap<String, Result<Arc<Bound>, AppError>>,
    pub phase: Phase,
    /// How often the app was started.
    pub start: u32,
    pub gate: Gate,
    /// How many screens and loads followed from others since a person did anything.
    pub unasked: u32,
    /// Who waits for the admin's word on shared sign-ins.
    pub shared_question: Option<oneshot::Sender<Option<bool>>>,
    sink: Option<Sink>,
    pub(super) drawn: HashMap<String, (u64, ControlView)>,
    /// Controls that changed otherwise than by a name.
    pub(super) touched: HashSet<String>,
    /// The whole screen is to be told, not only what changed.
    pub(super) whole: bool,
    /// When the rows of a table, and the inputs of a source, were last computed.
    pub(super) rows_seen: HashMap<String, u64>,
    pub(super) inputs_seen: HashMap<String, u64>,
}

/// What the window shows.
#[derive(Default)]
pub(super) enum Phase {
    /// No window has asked yet.
    #[default]
    Waiting,
    /// The managed auth screen, and what is to come afterwards.
    ManagedAuth(After),
    /// The app.
    Running,
}

/// What comes after the managed auth screen.
pub(super) enum After {
    /// The app starts.
    Start,
    /// The app starts from the beginning.
    StartAnew,
    /// The app goes on, and so does whoever waits.
    Resume(oneshot::Sender<()>),
}

impl Session {
    pub(super) fn new(studio: &Arc<Studio>, app: App, key: String, is_preview: bool) -> Arc<Self> {
        let names = app
            .controls()
            .map(|control| (control.id.clone(), Names::of(control)))
            .collect();
        let state = State::new(&app);
        Arc::new(Self {
            studio: Arc::clone(studio),
            app: Arc::new(app),
            key,
            is_preview,
            names,
            inner: Mutex::new(Inner {
                state,
                bound: HashMap::new(),
                phase: Phase::Waiting,
                start: 0,
                gate: Gate::default(),
                unasked: 0,
                shared_question: None,
                sink: None,
                drawn: HashMap::new(),
                touched: HashSet::new(),
                whole: true,
                rows_seen: HashMap::new(),
                inputs_seen: HashMap::new(),
            }),
            tasks: Mutex::default(),
            telling: tokio::sync::Mutex::default(),
        })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether one of the app's connectors is this one.
    pub(super) fn uses(&self, connector: &Connector) -> bool {
        let inner = self.lock();
        let mut bound = inner.bound.values().flatten();
        bound.any(|bound| *bound.connector == *connector)
    }

    /// Does something in the background, as long as the app is not started anew or closed.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    /// Ends whatever goes on.
    pub(super) fn stop(&self) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.abort_all();
    }

    /// Tells a window what there is, from now on.
    pub(super) async fn watch(self: &Arc<Self>, sink: Sink) {
        let theme = (self.studio.settings_get().await)
            .map_or_else(|_| Theme::default(), |settings| settings.theme);
        let is_new = {
            let mut inner = self.lock();
            inner.sink = Some(sink);
            inner.tell(AppUpdate::Opened {
                app: self.described(theme),
            });
            matches!(inner.phase, Phase::Waiting)
        };
        if is_new {
            self.begin(true).await;
        } else {
            self.show_again().await;
        }
    }

    fn described(&self, theme: Theme) -> RunningApp {
        let menu = self.app.screens.iter().filter(|screen| screen.in_menu);
        RunningApp {
            name: self.app.name.clone(),
            description: self.app.description.clone(),
            menu: menu
                .map(|screen| MenuEntry {
                    screen: screen.id.clone(),
                    name: screen.title().to_owned(),
                })
                .collect(),
            is_preview: self.is_preview,
            theme,
        }
    }

    /// Starts the app from the beginning. Unless nobody is to be asked, the managed auth screen comes first where the
    /// app wants it and a required connector is not in.
    pub(super) async fn begin(self: &Arc<Self>, asks: bool) {
        self.stop();
        let mut bound = HashMap::new();
        for connector in &self.app.connectors {
            let one = self.studio.bind(connector, self.is_preview).await;
            bound.insert(
                connector.id.clone(),
                one.map(Arc::new).map_err(AppError::from),
            );
        }
        {
            let mut inner = self.lock();
            inner.start += 1;
            inner.bound = bound;
            inner.gate = Gate::default();
            inner.state = State::new(&self.app);
            inner.drawn.clear();
            inner.rows_seen.clear();
            inner.inputs_seen.clear();
        }
        self.fill_in();
        if asks && self.app.managed_auth_at_start && !self.all_required_are_in().await {
            self.show_managed_auth(After::Start).await;
        } else {
            self.enter();
        }
    }

    /// The variables' and controls' values at the start.
    fn fill_in(&self) {
        let engine = self.studio.engine();
        let moment = engine.moment();
        let mut inner = self.lock();
        let state = &mut inner.state;
        let value = |state: &State, template: &Template| {
            engine
                .templates()
                .render_value(template.as_str(), &state.scope, &moment)
                .unwrap_or_default()
        };
        for variable in &self.app.variables {
            let at_start = value(state, &variable.value);
            state.set_variable(&variable.name, at_start);
        }
        for control in self.app.controls() {
            let default = match &control.kind {
                ControlKind::Input(input) => input.default.as_ref(),
                ControlKind::Select(select) => select.default.as_ref(),
                _ => None,
            };
            if let Some(default) = default {
                let text = super::state::text_of(&value(state, default));
                state.give_value(control, Some(text).filter(|text| !text.is_empty()), false);
            }
        }
    }

    /// The app itself, on its first screen.
    pub(super) fn enter(self: &Arc<Self>) {
        self.lock().phase = Phase::Running;
        if let Some(first) = self.app.screens.first() {
            self.go(&first.id);
        }
    }

    /// Shows a screen. What its controls hold stays; their sources run again.
    pub(super) fn go(self: &Arc<Self>, screen: &str) {
        let Some(screen) = self.app.screen(screen) else {
            return;
        };
        {
            let mut inner = self.lock();
            inner.state.screen.clone_from(&screen.id);
            inner.state.publish_screen(&self.app);
            inner.whole = true;
            for control in &screen.controls {
                inner.forget_inputs(&control.id);
            }
        }
        self.settle();
        self.act_in_background(None, screen.on_load.clone(), Vec::new(), false);
        for control in screen
            .controls
            .iter()
            .filter(|control| control.source.is_none())
        {
            self.act_in_background(Some(control), control.on.load.clone(), Vec::new(), false);
        }
    }

    /// Tells everything once more: to a window that was loaded again, or after the managed auth screen.
    pub(super) async fn show_again(self: &Arc<Self>) {
        let is_running = {
            let mut inner = self.lock();
            inner.whole = true;
            matches!(inner.phase, Phase::Running)
        };
        if is_running {
            self.settle();
            self.tell_asked().await;
        } else {
            self.tell_managed_auth().await;
        }
    }

    /// After any change: computes what depends on it, starts the loads that are due, and tells what looks otherwise.
    pub(super) fn settle(self: &Arc<Self>) {
        let loads = {
            let mut inner = self.lock();
            inner.compute_rows(self);
            if matches!(inner.phase, Phase::Running) {
                let loads = inner.due(self);
                inner.draw(self);
                loads
            } else {
                Vec::new()
            }
        };
        for load in loads {
            let session = Arc::clone(self);
            self.spawn(async move {
                session.load(load).await;
            });
        }
    }

    /// The control with this id on the screen that is shown.
    pub(super) fn control_shown(&self, id: &str) -> Option<&Control> {
        let screen = self.lock().state.screen.clone();
        let screen = self.app.screen(&screen)?;
        screen.controls.iter().find(|control| control.id == id)
    }

    /// Actions in the background, once there are any; what goes wrong in them is said.
    pub(super) fn act_in_background(
        self: &Arc<Self>,
        control: Option<&Control>,
        actions: Vec<Action>,
        locals: Vec<(&'static str, Value)>,
        by_person: bool,
    ) {
        if actions.is_empty() {
            return;
        }
        let control = control.map(|control| control.id.clone());
        let session = Arc::clone(self);
        self.spawn(async move {
            session.acts(control.as_deref(), 1);
            session.act(&actions, locals, by_person).await;
            session.acts(control.as_deref(), -1);
        });
    }

    fn acts(self: &Arc<Self>, control: Option<&str>, change: i32) {
        let Some(control) = control else {
            return;
        };
        {
            let mut inner = self.lock();
            if let Some(data) = inner.state.data(control) {
                data.acting = data.acting.saturating_add_signed(change);
            }
            inner.touch(control);
        }
        self.settle();
    }
}

impl Inner {
    pub(super) fn tell(&mut self, update: AppUpdate) {
        if let Some(sink) = &self.sink
            && !sink(update)
        {
            self.sink = None;
        }
    }

    pub(super) fn touch(&mut self, control: &str) {
        self.touched.insert(control.to_owned());
    }

    /// Makes a control's source run again at the next occasion.
    pub(super) fn forget_inputs(&mut self, control: &str) {
        self.inputs_seen.remove(control);
        if let Some(data) = self.state.data(control) {
            data.inputs = None;
        }
    }

    pub(super) fn connector_name(&self, alias: &str) -> String {
        match self.bound.get(alias) {
            Some(Ok(bound)) => bound.connector.name.clone(),
            _ => alias.to_owned(),
        }
    }
}
