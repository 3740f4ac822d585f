import Diagnostics

/// Fills in what depends on other settings: the run's name, the split's shares, the names of layers.
struct SpecCompletion {
    let path: String
    let decoder: Decoder
    let node: YAMLNode

    /// Emits every mistake it meets and goes on.
    func complete(_ root: Resolved, sink: DiagnosticSink) -> Resolved {
        guard case .record(var members) = root.content else { return root }
        if root["name"] == nil {
            let stem = FilePath.stem(of: path)
            let isName = !stem.isEmpty && stem.utf8.allSatisfy(FilePath.isIdentifierByte)
            if !isName, root.isKnown("name") { sink.emit(.stemIsNoName(stem)) }
            members.insert(("name", Resolved(.text(stem))), at: min(1, members.count))
        }
        for index in members.indices {
            if members[index].name == "data" { members[index].value = data(members[index].value, sink: sink) }
            if members[index].name == "output" { members[index].value = runsFolder(members[index].value) }
            if members[index].name == "model" { members[index].value = model(members[index].value, sink: sink) }
        }
        if let index = members.firstIndex(where: { $0.name == "training" }), root["optimizer"]?["type"]?.isWord("lbfgs") ?? false {
            members[index].value = withAllRows(members[index].value)
        }
        let completed = root.with(members)
        guard let index = members.firstIndex(where: { $0.name == "training" }), !Self.hasValidation(completed) else { return completed }
        members[index].value = keepingLast(members[index].value)
        return root.with(members)
    }

    /// Whether rows are held back to choose the best epoch by.
    static func hasValidation(_ root: Resolved) -> Bool {
        guard let data = root["data"] else { return false }
        if data["split"]?["folds"]?.integer != nil { return true }
        return data["path"] == nil && data["inputs"] == nil ? data["validation"] != nil : (data["split"]?["validation"]?.number ?? 0) > 0
    }

    /// Without validation rows there is no best epoch; what was written by hand stays, and is checked.
    private func keepingLast(_ training: Resolved) -> Resolved {
        guard case .record(var members) = training.content else { return training }
        for index in members.indices where members[index].name == "keep" && members[index].value.isStandard {
            members[index].value.content = .word("last")
        }
        return training.with(members)
    }

    /// L-BFGS takes all rows at once, always in the same order; what was written by hand stays, and is checked.
    private func withAllRows(_ training: Resolved) -> Resolved {
        guard case .record(var members) = training.content else { return training }
        for index in members.indices where members[index].value.isStandard {
            if members[index].name == "batch_size" { members[index].value.content = .word("full") }
            if members[index].name == "shuffle" { members[index].value.content = .boolean(false) }
        }
        return training.with(members)
    }

    /// The folder that holds by default lies beside the spec, like one that is written there.
    private func runsFolder(_ output: Resolved) -> Resolved {
        guard case .record(var members) = output.content else { return output }
        for index in members.indices where members[index].name == "directory" && members[index].value.isStandard {
            let text = members[index].value.text ?? ""
            members[index].value.content = .text(FilePath.join(FilePath.folder(of: path), text), isPath: true)
        }
        return output.with(members)
    }

    private func data(_ data: Resolved, sink: DiagnosticSink) -> Resolved {
        guard case .record(var members) = data.content else { return data }
        let split = data["split"]
        arrays(data, sink: sink)
        switch (data["path"] ?? data["inputs"], data["train"]) {
        case (let path?, let train?): sink.emit(.bothFiles(path.range, train.range ?? data.range, name: data["path"] == nil ? "inputs" : "path"))
        case (nil, nil):
            guard data.isKnown("path"), data.isKnown("inputs"), data["targets"] == nil else { return data }
            sink.emit(.noFile(node.key(of: "data")?.range ?? data.range))
            return data.damaged
        case (nil, _?):
            if let place = split?.range { sink.emit(.splitOfSeparateFiles(place, train: data["train"]?.range)) }
        case (_?, nil):
            for name in ["validation", "test"] {
                if let part = data[name], data.isKnown("train") { sink.emit(.partWithoutTrain(name, part.range, path: data["path"]?.range)) }
            }
        }
        guard data["path"] != nil || data["inputs"] != nil else { return data }
        let value = shares(split ?? Resolved(decoder.members(of: SettingsTable.split, [:])), sink: sink)
        if let index = members.firstIndex(where: { $0.name == "split" }) {
            members[index].value = value
        } else {
            let index = members.firstIndex { $0.name == "classes" } ?? members.count
            members.insert(("split", value), at: index)
        }
        return data.with(members)
    }

    /// Array files come in pairs, and name no columns.
    private func arrays(_ data: Resolved, sink: DiagnosticSink) {
        let pair = [data["inputs"], data["targets"]]
        let parts = ["train", "validation", "test"].compactMap { data[$0] }
        let isOfArrays = parts.map { $0.text == nil }
        if let first = pair.compactMap({ $0 }).first, let path = data["path"] {
            // A list of columns has been told to be `target`.
            guard first.isWhole, data["inputs"] != nil || data.isKnown("targets") else { return }
            sink.emit(
                .bothFiles(
                    path.range, first.range, name: "path", other: data["inputs"] == nil ? "targets" : "inputs", column: Self.column(first, data)))
        } else if pair.count(where: { $0 == nil }) == 1, data.isKnown("inputs"), data.isKnown("targets") {
            sink.emit(.halfAPair(pair[0] == nil ? "targets" : "inputs", at: (pair[0] ?? pair[1])?.range))
        } else if let target = data["target"], target.range != nil, let arrays = pair[0] ?? parts.first(where: { $0.text == nil && $0.isWhole }) {
            sink.emit(.targetOfArrays(at: target.range, arrays: arrays.range))
        } else if Set(isOfArrays).count > 1, let odd = isOfArrays.firstIndex(of: !isOfArrays[0]), parts.allSatisfy(\.isWhole) {
            sink.emit(.arraysAndTable(at: parts[odd].range, first: parts[0].range))
        }
    }

    /// What `targets: y` beside a table most likely means: a column.
    private static func column(_ targets: Resolved, _ data: Resolved) -> String? {
        guard data["inputs"] == nil, data["target"] == nil, let path = targets.text, DataFileName(path, format: .auto).format == nil else {
            return nil
        }
        return targets.range?.text
    }

    /// The training share is the rest if it is left out; the shares sum to 1.
    private func shares(_ split: Resolved, sink: DiagnosticSink) -> Resolved {
        guard case .record(var members) = split.content, split.isWhole else { return split }
        if let folds = split["folds"], folds.integer != nil { return self.folds(folds, split, members, sink: sink) }
        // Which of none: said by nobody, it is not written out either.
        if let fold = split["fold"], fold.integer != nil { sink.emit(.foldOfNone(fold.range)) }
        members.removeAll { $0.name == "fold" }
        let validation = split["validation"]?.number ?? 0
        let test = split["test"]?.number ?? 0
        // Shares are decimals: 1 - 0.2 - 0.1 is 0.7, not 0.7000000000000001.
        let rest = ((1 - validation - test) * 1e12).rounded() / 1e12
        let train = split["train"]?.number ?? rest
        if let written = split["train"], train <= 0 {
            sink.emit(.noTrainingShare(written.range))
        } else if (train + validation + test - 1).magnitude >= 1e-9 || train <= 0 {
            sink.emit(.sharesOfSplit(train: split["train"]?.number, validation, test, split))
        }
        if split["train"] == nil { members.insert(("train", Resolved(.number(train))), at: 0) }
        return split.with(members)
    }

    /// Each fold has its share of the rows: others say nothing, and none is written out.
    private func folds(
        _ folds: Resolved, _ split: Resolved, _ members: [(name: String, value: Resolved)], sink: DiagnosticSink
    ) -> Resolved {
        let count = folds.integer ?? 0
        if count < 2 { sink.emit(.oneFold(folds.range)) }
        let shares = ["train", "validation", "test"]
        for name in shares {
            guard let share = split[name], share.range != nil, !share.isStandard else { continue }
            sink.emit(.shareOfFolds(name, share.range, folds: folds))
        }
        if let fold = split["fold"], let number = fold.integer, number > count, count > 1 { sink.emit(.noSuchFold(number, fold.range, folds: folds)) }
        if let method = split["method"], method.isWord("column") { sink.emit(.foldsByColumn(folds.range, method: method.range)) }
        return split.with(members.filter { !shares.contains($0.name) })
    }

    /// Layers without a name get their kind and number among their kind.
    private func model(_ model: Resolved, sink: DiagnosticSink) -> Resolved {
        guard case .record(var members) = model.content, let index = members.firstIndex(where: { $0.name == "layers" }),
            var layers = members[index].value.list
        else { return model }
        var taken: [String: SourceRange?] = [:]
        for layer in layers {
            guard let name = layer.kind?.value["name"], let text = name.text, name.isWhole else { continue }
            if let first = taken[text] { sink.emit(.sameName(text, name.range, first: first)) } else { taken[text] = .some(name.range) }
        }
        var counts: [String: Int] = [:]
        for position in layers.indices {
            guard let (kind, value) = layers[position].kind, case .record(var settings) = value.content else { continue }
            counts[kind, default: 0] += 1
            if value["name"] == nil {
                var name = "\(kind)_\(counts[kind] ?? 1)"
                while taken[name] != nil { name += "_" }
                taken[name] = .some(nil)
                settings.append(("name", Resolved(.text(name))))
                layers[position].content = .kind(kind, value.with(settings))
            }
        }
        members[index].value.content = .list(layers)
        return model.with(members)
    }
}

extension Diagnostic {
    static func stemIsNoName(_ stem: String) -> Diagnostic {
        Diagnostic(
            "E0301", "the file's name `\(stem)` cannot name a run folder: only letters, digits, _ and - can",
            fix: "add `name: ...` to the spec, or rename the file")
    }

    /// - Parameter column: what the other one names, if that is a column rather than a file.
    static func bothFiles(
        _ path: SourceRange?, _ train: SourceRange?, name: String = "path", other: String = "train", column: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            "E0302", "`data.\(name)` and `data.\(other)` exclude each other", at: train, related: path.map { [.init($0, "the file to split")] } ?? [],
            fix: column.map { "write `target: \($0)` for a column of the table; `targets` is a file of arrays" }
                ?? "keep `\(name)` for one file that is split, or "
                + (other == "train" ? "`train` for separate files" : "`inputs` and `targets` for two files of arrays"))
    }

    static func halfAPair(_ name: String, at range: SourceRange?) -> Diagnostic {
        let missing = name == "inputs" ? "targets" : "inputs"
        return Diagnostic(
            "E0355", "`data.\(name)` is half a pair: `data.\(missing)` is missing", at: range, fix: "add `\(missing): ...`, a file with as many rows")
    }

    static func targetOfArrays(at range: SourceRange?, arrays: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0356", "`data.target` names a column, and arrays have no names: their targets are a file", at: range, label: "no effect",
            related: arrays.map { [.init($0, "the arrays")] } ?? [], fix: "remove it")
    }

    static func arraysAndTable(at range: SourceRange?, first: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0357", "one part of the data is a table and another a pair of array files", at: range,
            related: first.map { [.init($0, "the first part")] } ?? [], fix: "write all parts as paths, or all as {inputs: ..., targets: ...}")
    }

    static func noFile(_ range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0303", "`data` names no file", at: range, fix: "add `path: ...`")
    }

    static func splitOfSeparateFiles(_ range: SourceRange?, train: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0304", "`data.split` does nothing where `train` names a file of its own", at: range, label: "no effect",
            related: train.map { [.init($0, "the training file")] } ?? [],
            fix: "remove `split`, or write `path` instead of `train`")
    }

    static func partWithoutTrain(_ name: String, _ range: SourceRange?, path: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0305", "`data.\(name)` belongs with `data.train`, not with `data.path`", at: range,
            related: path.map { [.init($0, "the file to split")] } ?? [], fix: "write `train` instead of `path`")
    }

    static func sharesOfSplit(train: Double?, _ validation: Double, _ test: Double, _ split: Resolved) -> Diagnostic {
        let parts = [train.map { "train \(NumberText.of($0))" }, "validation \(NumberText.of(validation))", "test \(NumberText.of(test))"].compactMap
        { $0 }
        let sum = ((train ?? 0) + validation + test) * 1e9
        let place = ["validation", "test", "train"].compactMap { split[$0]?.range }.first ?? split.range
        return Diagnostic(
            "E0306",
            train == nil
                ? "the parts of the split leave no rows to train on: \(parts.joined(separator: ", "))"
                : "the parts of the split sum to \(NumberText.of(sum.rounded() / 1e9)), not to 1: \(parts.joined(separator: ", "))", at: place,
            notes: split["validation"].flatMap { $0.isStandard ? [impliedDefault("data.split.validation", SpecText.flow($0))] : nil } ?? [],
            fix: "write shares that sum to 1; `train` is the rest if it is left out and must be greater than 0")
    }

    static func oneFold(_ range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0375", "`folds: 1` leaves no rows to train on: each fold is trained on the rows of the others", at: range, label: "want 2 or more",
            fix: "write `folds: 5`; or `split: {validation: 0.2}` to hold rows back once")
    }

    static func shareOfFolds(_ name: String, _ range: SourceRange?, folds: Resolved) -> Diagnostic {
        Diagnostic(
            "E0376",
            name == "test"
                ? "`split.test` does not go with `folds`: each row is held back once, and measures what the others have learnt"
                : "`split.\(name)` does nothing with `folds`: each fold holds back one of \(folds.integer ?? 0) equal parts", at: range,
            label: "no effect", related: folds.range.map { [.init($0, "the folds")] } ?? [],
            fix: name == "test" ? "remove it, and keep rows for a test in a file of their own" : "remove it")
    }

    static func foldsByColumn(_ range: SourceRange?, method: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0377", "`folds` does not go with `method: column`, where the column says which rows are train, validation and test", at: range,
            related: method.map { [.init($0, "the method")] } ?? [],
            fix: "write `method: hash` to keep the rows of one key in one fold")
    }

    static func foldOfNone(_ range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0378", "`split.fold` does nothing without `folds`", at: range, label: "no effect", fix: "add `folds: 5`, or remove it")
    }

    static func noSuchFold(_ number: Int, _ range: SourceRange?, folds: Resolved) -> Diagnostic {
        Diagnostic(
            "E0379", "there is no fold \(number): `folds` is \(folds.integer ?? 0)", at: range,
            related: folds.range.map { [.init($0, "the folds")] } ?? [], fix: "write a number from 1 to \(folds.integer ?? 0), or `all`")
    }

    static func noTrainingShare(_ range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0308", "`data.split.train` must be greater than 0: there would be no rows to train on", at: range,
            fix: "give it a share, or remove it: it is the rest if it is left out")
    }

    static func sameName(_ name: String, _ range: SourceRange?, first: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0307", "two layers are called `\(name)`", at: range, related: first.map { [.init($0, "the first")] } ?? [],
            fix: "give each layer a name of its own")
    }
}
