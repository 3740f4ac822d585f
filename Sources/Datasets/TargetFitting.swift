import Diagnostics
import SpecLanguage

/// `task: auto` decided, and why.
struct TaskDecision: Equatable {
    var task: ResolvedTask
    /// nil if the spec said it.
    var reason: String?

    /// How the target columns have to be read for this decision.
    static func mode(_ spec: Spec) -> ColumnMode {
        switch spec.task.value {
        case .multilabel: .category
        case .regression: .number
        default: spec.data.targets.count > 1 ? .number : .label
        }
    }

    /// - Parameter rows: the rows that count; gaps in the target have been refused.
    static func decide(
        _ spec: Spec, _ targets: [TableColumn], _ table: DataTable, rows: [Int32], sink: DiagnosticSink
    ) throws(Stopped) -> TaskDecision {
        let names = targets.map(\.request.name)
        switch spec.task.value {
        case .regression: return TaskDecision(task: .regression)
        case .classification: return TaskDecision(task: .classification)
        case .binary: return TaskDecision(task: .binary)
        case .multilabel: return TaskDecision(task: .multilabel)
        case .auto: break
        }
        func because(_ task: ResolvedTask, _ why: String) -> TaskDecision { TaskDecision(task: task, reason: "the task is \(task.rawValue): \(why)") }
        if targets.count > 1 { return because(.regression, "there are \(targets.count) targets") }
        let target = targets[0]
        let name = Shown.text(names[0])
        let isNumeric = target.isNumeric
        switch spec.loss.value {
        case .crossEntropy: return because(.classification, "the loss is cross_entropy")
        case .binaryCrossEntropy: return because(.binary, "the loss is binary_cross_entropy")
        case .mse, .mae, .sse, .huber, .klDivergence:
            if isNumeric, target.outOfRange.count == 0 {
                return because(.regression, "the loss is one for numbers, and target \(name) holds numbers")
            }
        case .auto: break
        }
        // Among numbers, one beyond the range is a mistake and no text.
        if isNumeric, target.outOfRange.count > 0 { throw sink.fail(.badNumber(table, target)) }
        let distinct = distinctCount(target, rows)
        if isNumeric, distinct != 2 { return because(.regression, "target \(name) holds numbers, \(distinct) different ones") }
        let values = isNumeric ? "target \(name) has two different values" : "target \(name) holds texts, \(distinct) different ones"
        guard distinct == 2, lastUnits(spec.model) == .count(1) else { return because(.classification, values) }
        return because(.binary, values + ", and the last layer has one unit")
    }

    private static func distinctCount(_ target: TableColumn, _ rows: [Int32]) -> Int {
        var isSeen = [Bool](repeating: false, count: target.texts.count)
        for row in rows { isSeen[Int(target.codes[Int(row)])] = true }
        return isSeen.count { $0 }
    }

    private static func lastUnits(_ model: ModelSpec) -> DenseSpec.Units? {
        for layer in model.layers.reversed() {
            if case .dense(let dense) = layer.kind { return dense.units.value }
        }
        return nil
    }
}

/// The classes of the target, or the scaling of its values.
enum TargetFitting {
    /// The class table, from `data.classes` or from the labels of the rows.
    ///
    /// Precondition: `data.classes` names none twice.
    /// Numerics: order by value if all labels are numbers, also where Double cannot tell them apart; else by code point.
    static func classes(
        _ spec: Spec, _ target: TableColumn, _ table: DataTable, rows: [Int32], task: ResolvedTask, sink: DiagnosticSink
    ) throws(Stopped) -> [String] {
        let place = spec.data.targets.first?.range
        let classes = spec.data.classes?.value ?? found(target, table, rows, sink: sink)
        if spec.data.classes == nil, let twins = target.texts.twins(among: classes) {
            throw sink.fail(.sameTextTwice(table, target, twins.first, twins.second))
        }
        // Labels that are not listed explain more than the number of those that are.
        if spec.data.classes != nil, let problem = PartEncoding.classNumbers(table, target, classes, rows).1 { throw sink.fail(problem) }
        if task == .binary, classes.count != 2 {
            throw sink.fail(.notTwoClasses(table, target, classes, at: spec.task.range ?? place))
        }
        if classes.count < 2 { throw sink.fail(.oneClass(table, target, classes.first ?? "", rows: rows.count, at: place)) }
        return classes
    }

    /// The classes of the training rows, which are to be all there are: what occurs elsewhere alone cannot be learnt.
    static func ofTraining(
        _ classes: [String], _ target: TableColumn, _ table: DataTable, _ split: SplitRows, sink: DiagnosticSink
    ) throws(Stopped) -> [String] {
        var isTrained = [Bool](repeating: false, count: target.texts.count)
        for row in split.train { isTrained[Int(target.codes[Int(row)])] = true }
        let absent = classes.filter { text in target.texts.number(of: text).map { !isTrained[Int($0)] } ?? true }
        guard !absent.isEmpty else { return classes }
        let first = ((split.validation ?? []) + (split.test ?? [])).filter { !isTrained[Int(target.codes[Int($0)])] }.min()
        throw sink.fail(.classesWithoutTraining(absent, table, target, first: first ?? 0))
    }

    private static func found(_ target: TableColumn, _ table: DataTable, _ rows: [Int32], sink: DiagnosticSink) -> [String] {
        var values = [Double?](repeating: nil, count: target.texts.count)
        for row in rows { values[Int(target.codes[Int(row)])] = target.numbers[Int(row)] }
        let present = values.indices.filter { values[$0] != nil }
        guard present.allSatisfy({ values[$0]?.isNaN == false }) else { return present.sorted(by: target.texts.precedes).map(target.texts.text) }
        let order = present.sorted { a, b in
            let (x, y) = (values[a] ?? 0, values[b] ?? 0)
            return x != y ? x < y : NumberOrder.precedes(target.texts.text(a), target.texts.text(b), decimal: target.decimal)
        }
        func areTwins(_ a: Int, _ b: Int) -> Bool {
            values[a] == values[b] && NumberOrder.areEqual(target.texts.text(a), target.texts.text(b), decimal: target.decimal)
        }
        if let twin = order.indices.dropFirst().first(where: { areTwins(order[$0], order[$0 - 1]) }) {
            sink.emit(.equalClasses(table, target, order[twin - 1], order[twin]))
        }
        return order.map(target.texts.text)
    }

    /// Names and scaling of the targets of a regression, fitted to the training rows.
    static func values(
        _ spec: Spec, _ targets: [TableColumn], _ table: DataTable, train: [Int32], sink: DiagnosticSink
    ) throws(Stopped) -> TargetEncoding {
        var scalings: [Scaling] = []
        var constant: [String] = []
        for target in targets {
            let scaling = Scaling.fit(train.map { target.numbers[Int($0)] }, spec.data.normalizeTarget.value ? .zscore : .none)
            if !scaling.isFinite { throw sink.fail(.tooLargeToNormalize(table, target, train, nil)) }
            if scaling.isConstant { constant.append(target.request.name) }
            scalings.append(scaling)
        }
        if let first = constant.first {
            sink.emit(.constantTargets(constant, at: targets.first { $0.request.name == first }.flatMap { table.headerRange($0) }))
        }
        return .values(names: targets.map(\.request.name), centers: scalings.map(\.center), scales: scalings.map(\.scale))
    }
}
