import Diagnostics

extension Diagnostic {
    static func optimizerIgnores(
        _ name: String, _ type: String, _ range: SourceRange, _ users: [String], at place: SourceRange?, implied: [String]
    ) -> Diagnostic {
        Diagnostic(
            "E0311", "`optimizer.\(name)` does nothing with `type: \(type)`", at: range, label: "no effect",
            related: place.map { [.init($0, "the optimizer")] } ?? [],
            notes: ["it is a setting of \(SettingType.listed(users))"] + implied,
            fix: "remove it, or write \(SettingType.listed(users.map { "`type: \($0)`" }))")
    }

    static func absurdRate(_ rate: Sourced<Double>, type: String, implied: [String]) -> Diagnostic {
        Diagnostic(
            "W0302", "a learning rate of \(NumberText.of(rate.value)) is far above what \(type) bears", at: rate.range,
            notes: ["usual are 0.0001 to 0.01, for sgd up to 1; a training with too large a rate diverges"] + implied,
            fix: "try `learning_rate: \(type == "sgd" ? "0.01" : "0.001")`")
    }

    static func nesterovWithoutMomentum(_ range: SourceRange?, at momentum: [Label], implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0312", "`optimizer.nesterov` needs a momentum greater than 0", at: range, related: momentum, notes: implied,
            fix: "write `momentum: 0.9`")
    }

    static func autoUnits(_ range: SourceRange?, last: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0313", "`auto` units are legal in the last layer only, where the target decides", at: range,
            related: last.map { [.init($0, "the last dense layer")] } ?? [], fix: "write a number of units")
    }

    static func noDense(_ range: SourceRange?) -> Diagnostic {
        Diagnostic("E0314", "the network has no dense layer, so nothing can learn", at: range, fix: "add `- dense: auto` as the last layer")
    }

    static func activationTwice(_ name: ActivationName, _ range: SourceRange?, first: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0315", "\(name.rawValue) twice: the layer before ends in \(name.rawValue) already", at: range,
            related: first.map { [.init($0, "the first \(name.rawValue)")] } ?? [],
            fix: "remove one of the two")
    }

    static func emptyInterval(_ range: SourceRange?, implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0316", "the uniform initializer's minimum is greater than its maximum", at: range, notes: implied,
            fix: implied.isEmpty ? "swap the two" : "write both, the smaller one as `minimum`")
    }

    static func unitsAgainstTargets(_ units: Int, _ targets: [Sourced<String>], at range: SourceRange?) -> Diagnostic {
        let names = targets.prefix(5).map { "`\($0.value)`" }.joined(separator: ", ") + (targets.count > 5 ? ", ..." : "")
        return Diagnostic(
            "E0317",
            "the last layer has \(units) unit\(units == 1 ? "" : "s"), "
                + "the target has \(targets.count) column\(targets.count == 1 ? "" : "s"): \(names)",
            at: range, label: "want \(targets.count)", related: targets.first?.range.map { [.init($0, "the target")] } ?? [],
            fix: "write `\(targets.count)` or `auto`")
    }

    static func unitsOfBinary(_ units: Int, _ loss: String, at range: SourceRange?, loss place: [Label], implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0333", "the last layer has \(units) units, and the loss \(loss) wants 1: the probability of the second class", at: range,
            label: "want 1", related: place, notes: implied,
            fix: "write `1` or `auto`, or learn with `loss: cross_entropy`, which has a unit for each class")
    }

    static func unitsAgainstClasses(_ units: Int, _ classes: Int, at range: SourceRange?, classes place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0334", "the last layer has \(units) unit\(units == 1 ? "" : "s"), and `data.classes` names \(classes) classes", at: range,
            label: "want \(classes)",
            related: place.map { [.init($0, "the classes")] } ?? [], fix: "write `\(classes)` or `auto`")
    }

    static func lastActivation(
        _ written: Sourced<ActivationName>, wanted: ActivationName, loss: String, at place: [Label], implied: [String]
    ) -> Diagnostic {
        Diagnostic(
            "E0318", "the loss \(loss) works on the output of \(wanted.rawValue), but the last activation is \(written.value.rawValue)",
            at: written.range,
            label: "want \(wanted.rawValue)", related: place, notes: implied,
            fix: "remove this activation: the last layer's default is \(wanted.rawValue) here")
    }

    static func smoothingWithoutClasses(_ range: SourceRange?, loss: SourceRange?, task: [Label]) -> Diagnostic {
        Diagnostic(
            "E0319", "`label_smoothing` does nothing without a cross-entropy loss", at: range, label: "no effect",
            related: loss.map { [.init($0, "the loss")] } ?? task, fix: "remove it, or write `loss: cross_entropy`")
    }

    static func weightsAllZero(_ range: SourceRange?, isEmpty: Bool) -> Diagnostic {
        Diagnostic(
            "E0320", isEmpty ? "`class_weights` names no class" : "`class_weights` are all 0, so nothing would be learnt", at: range,
            fix: isEmpty ? "remove it, or write `{name of a class: its weight}`" : "give at least one class a positive weight")
    }

    static func weightsWithoutClasses(_ range: SourceRange?, task: [Label]) -> Diagnostic {
        Diagnostic(
            "E0321", "`class_weights` do nothing here: they weigh the classes of one target", at: range, label: "no effect", related: task,
            fix: "remove them")
    }

    static func lossAgainstTask(_ range: SourceRange?, task: Sourced<Spec.Task>) -> Diagnostic {
        Diagnostic(
            "E0322", "this loss does not fit `task: \(task.value.rawValue)`", at: range, related: task.range.map { [.init($0, "the task")] } ?? [],
            fix: "remove one of the two: each follows from the other")
    }

    static func normalizedClasses(_ range: SourceRange?, task: [Label]) -> Diagnostic {
        Diagnostic("E0323", "`data.normalize_target` does nothing with classes", at: range, label: "no effect", related: task, fix: "remove it")
    }

    static func namedTwice(_ list: String, _ item: Sourced<String>, first: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0324", "`\(list)` names `\(item.value)` twice", at: item.range, label: "again here",
            related: first.map { [.init($0, "first here")] } ?? [], fix: "keep one")
    }

    static func excludeWithoutAll(_ range: SourceRange?, features: [Label]) -> Diagnostic {
        Diagnostic(
            "E0326", "`data.exclude` does nothing where `features` lists the columns", at: range, label: "no effect", related: features,
            fix: "remove it, or write `features: all`")
    }

    static func excludedTarget(_ item: Sourced<String>, target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0327", "`data.exclude` names the target `\(item.value)`", at: item.range, related: target.map { [.init($0, "the target")] } ?? [],
            fix: "remove it: the target is never a feature of `all`")
    }

    static func sameCharacter(_ a: String, _ b: String, _ range: SourceRange?, _ second: [Label], implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0328", "`\(a)` and `\(b)` are the same character", at: range, related: second, notes: implied,
            fix: "with a decimal comma write `delimiter: \";\"`")
    }

    static func badDecimal(_ range: SourceRange?) -> Diagnostic {
        Diagnostic("E0329", "`data.decimal` is \".\" or \",\"", at: range)
    }

    static func bestWithoutRows(_ range: SourceRange?, why: [Label]) -> Diagnostic {
        Diagnostic(
            "E0332", "`keep: best` chooses by rows held back for validation, and there are none", at: range, label: "nothing to choose by",
            related: why,
            fix: "give `data.split.validation` a share, or write `keep: last`")
    }

    static func monitorWithoutRows(_ monitor: Sourced<String>, _ setting: String, at place: SourceRange?, why: [Label], fix: String) -> Diagnostic {
        Diagnostic(
            "E0331", "`\(setting)` \(monitor.range == nil ? "is" : "names") `\(monitor.value)`, but no rows are held back for validation", at: place,
            related: why, notes: monitor.range == nil ? [impliedDefault(setting, monitor.value)] : [],
            fix: "give `data.split.validation` a share, or \(fix)")
    }
}

extension DiagnosticSink {
    /// One error for each name that a list holds again.
    func emitTwins(of list: String, _ items: [Sourced<String>]) {
        var first: [String: SourceRange?] = [:]
        for item in items {
            if let earlier = first[item.value] {
                emit(.namedTwice(list, item, first: earlier))
            } else {
                first[item.value] = .some(item.range)
            }
        }
    }
}
