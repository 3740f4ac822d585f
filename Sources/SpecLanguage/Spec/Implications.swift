import Diagnostics

/// What takes part in a conflict without being written where it is told: defaults, and the setting that settles the task.
extension SpecChecks {
    /// A note on the default that holds at a path, if nothing is written there.
    func implied(_ names: String...) -> [String] {
        var value = root
        for name in names {
            guard let inner = value[name] else { return [] }
            value = inner
        }
        return value.isStandard ? [Diagnostic.impliedDefault(names.joined(separator: "."), SpecText.flow(value))] : []
    }

    /// What makes the task what it is, as far as the spec settles it: the task itself, a second target, or the loss.
    var taskPlace: [Diagnostic.Label] {
        let task = spec.task.value
        if task != .auto { return label(spec.task.range, "the task") }
        if spec.data.targets.count > 1 { return label(spec.data.targets[1].range, "several targets make it a regression") }
        guard let settled = settledTask else { return [] }
        return label(spec.loss.range, "the loss makes it a \(settled == .binary ? "binary classification" : settled.rawValue)")
    }

    /// Where a value is written, if it is.
    func label(_ range: SourceRange?, _ text: String) -> [Diagnostic.Label] { range.map { [.init($0, text)] } ?? [] }
}

extension Diagnostic {
    /// "`optimizer.type` is not written: the default is `adam`", for the notes of a message about a conflict with it.
    package static func impliedDefault(_ path: String, _ value: String) -> String { "`\(path)` is not written: the default is `\(value)`" }
}
