//! The walk over minijinja's syntax tree that an [`Analysis`](super::Analysis) is made by.
//!
//! Offsets follow from leaves where minijinja's own spans are loose: a comparison's span starts at the token
//! before it, a filter's at its own name, and brackets around an expression are in no span.

use std::collections::HashSet;
use std::ops::Range;

use minijinja::machinery::Span;
use minijinja::machinery::ast::{BinOpKind, Call, CallArg, Expr, IfCond, Macro, Stmt, UnaryOpKind};

use super::words::{FILTERS, FUNCTIONS, TESTS, Word, is_function};
use super::{Capture, Chain, ChainRoot, Operand, OperandRole, PathPart, SyntaxError};

pub(super) struct Scanner<'a> {
    template: &'a str,
    locals: Vec<HashSet<&'a str>>,
    /// Paths that a condition around the current place has tested.
    tested: Vec<Vec<PathPart>>,
    pub(super) chains: Vec<Chain>,
    pub(super) operands: Vec<Operand>,
    pub(super) captures: Vec<Capture>,
    pub(super) unknown_words: Vec<SyntaxError>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(template: &'a str) -> Self {
        Self {
            template,
            locals: vec![HashSet::new()],
            tested: Vec::new(),
            chains: Vec::new(),
            operands: Vec::new(),
            captures: Vec::new(),
            unknown_words: Vec::new(),
        }
    }

    pub(super) fn statements(&mut self, statements: &[Stmt<'a>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Reads statements that see more names than those around them.
    fn within(&mut self, names: impl IntoIterator<Item = &'a str>, body: &[Stmt<'a>]) {
        self.locals.push(names.into_iter().collect());
        self.statements(body);
        self.locals.pop();
    }

    fn statement(&mut self, statement: &Stmt<'a>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitRaw(_) => {}
            Stmt::EmitExpr(emit) => self.expression(&emit.expr, false),
            Stmt::ForLoop(each) => {
                self.expression(&each.iter, false);
                let mut names = HashSet::from(["loop"]);
                targets(&each.target, &mut names);
                self.locals.push(names);
                if let Some(filter) = &each.filter_expr {
                    self.expression(filter, true);
                }
                self.statements(&each.body);
                self.locals.pop();
                self.within([], &each.else_body);
            }
            Stmt::IfCond(condition) => self.condition(condition),
            Stmt::WithBlock(with) => {
                let mut names = HashSet::new();
                for (target, value) in &with.assignments {
                    self.locals.push(names.clone());
                    self.expression(value, false);
                    self.locals.pop();
                    targets(target, &mut names);
                }
                self.within(names, &with.body);
            }
            Stmt::Set(set) => {
                self.expression(&set.expr, false);
                self.declare(&set.target);
            }
            Stmt::SetBlock(set) => {
                self.captures.push(Capture::Set(set.target.span().end_offset as usize));
                self.within([], &set.body);
                if let Some(filter) = &set.filter {
                    self.expression(filter, false);
                }
                self.declare(&set.target);
            }
            Stmt::AutoEscape(escape) => {
                self.expression(&escape.enabled, true);
                self.statements(&escape.body);
            }
            Stmt::FilterBlock(block) => {
                self.captures.push(Capture::Filter(start_of(block.filter_span)));
                self.statements(&block.body);
                self.expression(&block.filter, false);
            }
            Stmt::Macro(definition) => {
                self.name(definition.name);
                self.macro_body(definition);
            }
            Stmt::CallBlock(block) => {
                self.call(&block.call);
                self.macro_body(&block.macro_decl);
            }
            Stmt::Do(statement) => self.call(&statement.call),
        }
    }

    fn condition(&mut self, condition: &IfCond<'a>) {
        self.expression(&condition.expr, true);
        self.branch(&condition.expr, true, |scanner| scanner.statements(&condition.true_body));
        self.branch(&condition.expr, false, |scanner| scanner.statements(&condition.false_body));
    }

    /// Reads a branch, knowing what its condition says of names.
    fn branch(&mut self, condition: &Expr<'a>, holds: bool, read: impl FnOnce(&mut Self)) {
        let before = self.tested.len();
        self.learn(condition, holds);
        read(self);
        self.tested.truncate(before);
    }

    /// Notes the paths that are there for certain where a condition holds, or does not.
    fn learn(&mut self, condition: &Expr<'a>, holds: bool) {
        match condition {
            Expr::BinOp(both) if holds && matches!(both.op, BinOpKind::ScAnd) => {
                self.learn(&both.left, true);
                self.learn(&both.right, true);
            }
            Expr::BinOp(either) if !holds && matches!(either.op, BinOpKind::ScOr) => {
                self.learn(&either.left, false);
                self.learn(&either.right, false);
            }
            Expr::UnaryOp(not) if matches!(not.op, UnaryOpKind::Not) => self.learn(&not.expr, !holds),
            Expr::Test(test) if (test.name == "defined" && holds) || (test.name == "undefined" && !holds) => {
                self.learn_path(&test.expr);
            }
            expression if holds => self.learn_path(expression),
            _ => {}
        }
    }

    fn learn_path(&mut self, expression: &Expr<'a>) {
        if matches!(expression, Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_)) {
            let (_, path) = self.path(expression);
            self.tested.push(path);
        }
    }

    fn macro_body(&mut self, definition: &Macro<'a>) {
        let mut names = HashSet::from(["caller", "varargs", "kwargs"]);
        for default in &definition.defaults {
            self.expression(default, false);
        }
        for argument in &definition.args {
            targets(argument, &mut names);
        }
        self.within(names, &definition.body);
    }

    fn name(&mut self, name: &'a str) {
        if let Some(names) = self.locals.last_mut() {
            names.insert(name);
        }
    }

    fn declare(&mut self, target: &Expr<'a>) {
        if let Some(names) = self.locals.last_mut() {
            targets(target, names);
        }
    }

    fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|names| names.contains(name))
    }

    /// Reads an expression; `guarded` where its place copes with a value that is not there.
    fn expression(&mut self, expression: &Expr<'a>, guarded: bool) {
        match expression {
            Expr::Const(_) => {}
            Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_) => self.chain(expression, guarded),
            Expr::Slice(slice) => {
                self.expression(&slice.expr, false);
                for bound in [&slice.start, &slice.stop, &slice.step].into_iter().flatten() {
                    self.expression(bound, false);
                }
            }
            Expr::UnaryOp(operation) => {
                self.expression(&operation.expr, matches!(operation.op, UnaryOpKind::Not));
            }
            Expr::BinOp(operation) => self.operation(operation.op, &operation.left, &operation.right, guarded),
            Expr::Compare(chained) => {
                self.operand(&chained.expr, OperandRole::Ordered);
                for comparison in &chained.ops {
                    self.operand(&comparison.expr, OperandRole::Ordered);
                }
            }
            Expr::IfExpr(choice) => {
                self.branch(&choice.test_expr, true, |scanner| scanner.expression(&choice.true_expr, guarded));
                self.expression(&choice.test_expr, true);
                if let Some(otherwise) = &choice.false_expr {
                    self.branch(&choice.test_expr, false, |scanner| scanner.expression(otherwise, guarded));
                }
            }
            Expr::Filter(filter) => {
                if let Some(input) = &filter.expr {
                    self.expression(input, matches!(filter.name, "default" | "d"));
                }
                // A filter's span starts at its name.
                self.check_word("filter", filter.name, start_of(expression.span()), FILTERS);
                self.arguments(&filter.args);
            }
            Expr::Test(test) => {
                self.expression(&test.expr, true);
                self.check_word("test", test.name, start_of(expression.span()), TESTS);
                self.arguments(&test.args);
            }
            Expr::Call(call) => {
                self.call(call);
                if matches!(&call.expr, Expr::Var(function) if self.is_local(function.id)) {
                    self.operands.push(Operand { role: OperandRole::Captured, span: self.extent(expression) });
                }
            }
            Expr::List(list) => list.items.iter().for_each(|item| self.expression(item, false)),
            Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.expression(item, false)),
            Expr::Map(map) => {
                for (key, value) in map.keys.iter().zip(&map.values) {
                    self.expression(key, false);
                    self.expression(value, false);
                }
            }
        }
    }

    fn operation(&mut self, kind: BinOpKind, left: &Expr<'a>, right: &Expr<'a>, guarded: bool) {
        match kind {
            BinOpKind::ScAnd | BinOpKind::ScOr => {
                self.expression(left, true);
                let holds = matches!(kind, BinOpKind::ScAnd);
                self.branch(left, holds, |scanner| scanner.expression(right, guarded));
            }
            BinOpKind::Concat => {
                self.operand(left, OperandRole::Text);
                self.operand(right, OperandRole::Text);
            }
            BinOpKind::Lt | BinOpKind::Lte | BinOpKind::Gt | BinOpKind::Gte => {
                self.operand(left, OperandRole::Ordered);
                self.operand(right, OperandRole::Ordered);
            }
            BinOpKind::Add | BinOpKind::Sub | BinOpKind::Mul | BinOpKind::Div | BinOpKind::FloorDiv
            | BinOpKind::Rem | BinOpKind::Pow => {
                self.expression(left, false);
                self.expression(right, false);
            }
            BinOpKind::Eq | BinOpKind::Ne | BinOpKind::In => {
                self.expression(left, true);
                self.expression(right, true);
            }
        }
    }

    fn operand(&mut self, operand: &Expr<'a>, role: OperandRole) {
        self.expression(operand, false);
        self.operands.push(Operand { role, span: self.extent(operand) });
    }

    fn call(&mut self, call: &Call<'a>) {
        match &call.expr {
            Expr::Var(function) => {
                if !self.is_local(function.id) {
                    self.check_word("function", function.id, start_of(function.span()), FUNCTIONS);
                }
            }
            Expr::GetAttr(method) => self.expression(&method.expr, false),
            other => self.expression(other, false),
        }
        self.arguments(&call.args);
    }

    fn arguments(&mut self, arguments: &[CallArg<'a>]) {
        for argument in arguments {
            match argument {
                CallArg::Pos(value) | CallArg::Kwarg(_, value) | CallArg::PosSplat(value)
                | CallArg::KwargSplat(value) => self.expression(value, false),
            }
        }
    }

    fn check_word(&mut self, kind: &str, name: &str, at: usize, known: &[Word]) {
        let plain: String = name.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        if known.iter().any(|word| word.name == plain) {
            return;
        }
        let nearest = known
            .iter()
            .map(|word| (strsim::damerau_levenshtein(&plain, word.name), word.name))
            .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
            .min();
        let hint = nearest.map(|(_, name)| format!(". Did you mean `{name}`?")).unwrap_or_default();
        let message = format!("there is no {kind} `{plain}`{hint}");
        self.unknown_words.push(SyntaxError::new(self.template, at..at + name.len(), message));
    }

    fn chain(&mut self, expression: &Expr<'a>, guarded: bool) {
        let (root, path) = self.path(expression);
        self.inner(expression);
        if root == ChainRoot::Scope && path.len() == 1 && matches!(&path[0], PathPart::Key(name) if is_function(name)) {
            return;
        }
        let guarded = guarded || self.tested.contains(&path);
        self.chains.push(Chain { root, path, span: self.extent(expression), guarded });
    }

    /// Reads what is inside a chain: computed parts of it, and a computed root.
    fn inner(&mut self, expression: &Expr<'a>) {
        match expression {
            Expr::Var(_) => {}
            Expr::GetAttr(lookup) => self.inner(&lookup.expr),
            Expr::GetItem(lookup) => {
                self.inner(&lookup.expr);
                self.expression(&lookup.subscript_expr, false);
            }
            root => self.expression(root, false),
        }
    }

    fn path(&self, expression: &Expr<'a>) -> (ChainRoot, Vec<PathPart>) {
        match expression {
            Expr::Var(variable) => {
                let root = if self.is_local(variable.id) { ChainRoot::Local } else { ChainRoot::Scope };
                (root, vec![PathPart::Key(variable.id.to_owned())])
            }
            Expr::GetAttr(lookup) => {
                let (root, mut path) = self.path(&lookup.expr);
                path.push(PathPart::Key(lookup.name.to_owned()));
                (root, path)
            }
            Expr::GetItem(lookup) => {
                let (root, mut path) = self.path(&lookup.expr);
                path.push(self.subscript(&lookup.subscript_expr));
                (root, path)
            }
            root => (ChainRoot::Computed, vec![PathPart::Key(format!("({})", self.source(self.extent(root))))]),
        }
    }

    fn subscript(&self, expression: &Expr<'a>) -> PathPart {
        let constant = expression.as_const();
        if let Some(key) = constant.as_ref().and_then(|value| value.as_str()) {
            PathPart::Key(key.to_owned())
        } else if let Some(index) = constant.filter(minijinja::Value::is_integer).and_then(|value| value.as_i64()) {
            PathPart::Index(index)
        } else {
            PathPart::Expression(self.source(self.extent(expression)).to_owned())
        }
    }

    fn source(&self, span: Range<usize>) -> &'a str {
        self.template.get(span).unwrap_or_default()
    }

    /// From the first to the last token of an expression. Brackets around it, or around what it starts with, may
    /// be left out: whatever is put around this text sits in the same brackets, so the meaning is the same.
    fn extent(&self, expression: &Expr<'a>) -> Range<usize> {
        self.first(expression)..expression.span().end_offset as usize
    }

    /// Where the first token of an expression starts.
    fn first(&self, expression: &Expr<'a>) -> usize {
        match expression {
            Expr::GetAttr(lookup) => self.first(&lookup.expr),
            Expr::GetItem(lookup) => self.first(&lookup.expr),
            Expr::Slice(slice) => self.first(&slice.expr),
            Expr::BinOp(operation) => self.first(&operation.left),
            Expr::Compare(chained) => self.first(&chained.expr),
            Expr::IfExpr(choice) => self.first(&choice.true_expr),
            Expr::Filter(filter) => match &filter.expr {
                Some(input) => self.first(input),
                None => start_of(filter.span()),
            },
            Expr::Test(test) => self.first(&test.expr),
            Expr::Call(call) => self.first(&call.expr),
            // `a not in b` and `a is not b` are negations too, and start with their operand.
            Expr::UnaryOp(operation) if matches!(operation.op, UnaryOpKind::Not) => {
                let (own, operand) = (start_of(operation.span()), self.first(&operation.expr));
                if self.template.get(own..).is_some_and(|text| text.starts_with("not")) { own.min(operand) } else { operand }
            }
            other => start_of(other.span()),
        }
    }
}

fn start_of(span: Span) -> usize {
    span.start_offset as usize
}

/// The names that an assignment makes; attributes (`ns.x`) make none.
fn targets<'a>(target: &Expr<'a>, names: &mut HashSet<&'a str>) {
    match target {
        Expr::Var(variable) => {
            names.insert(variable.id);
        }
        Expr::List(list) => list.items.iter().for_each(|item| targets(item, names)),
        _ => {}
    }
}
