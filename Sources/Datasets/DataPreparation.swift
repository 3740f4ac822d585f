import Diagnostics
import SpecLanguage

/// Data files to parts that can be trained on: read, divide, fit on the training rows, encode.
public enum DataPreparation {
    /// Memory at the peak: the bytes of the training file, 8 per row, per row and column 8 (numbers), 4 (categories) or 12 (a target that may be
    /// classes), and the matrices: 4 (float32) or 8 per row and input. Files and columns are given back when this returns, the matrices stay.
    ///
    /// - Parameter fitted: what a trained model holds; the parts are then encoded by it, and nothing is fitted. nil: fit on the training rows.
    /// Errors: E1xxx. Warnings: W10xx.
    public static func prepare(
        _ spec: Spec, as fitted: (preprocessing: Preprocessing, target: TargetEncoding)? = nil, sink: DiagnosticSink
    ) throws(Stopped) -> PreparedData {
        if spec.data.targets.isEmpty { throw sink.fail(.noTarget()) }
        try SettingChecks.loss(spec, sink: sink)
        let sources = try openAll(spec, sink: sink)
        let features = try ColumnSelection.features(spec.data, sources[0].source, sink: sink)
        let table = try readTraining(spec, features, sources[0], sink: sink)
        let rows = try TableChecks.completeRows(table, columns: dropping(features, table), sink: sink)
        TableChecks.warnOfBlanks(table, sink: sink)

        let targets = Array(table.columns[features.count...])
        let decision = try TaskDecision.decide(spec, targets, table, rows: rows, sink: sink)
        let task = decision.task
        try SettingChecks.data(spec, features, table, task: task, sink: sink)
        var classes: [String] = []
        if task != .regression { classes = try TargetFitting.classes(spec, targets[0], table, rows: rows, task: task, sink: sink) }

        let split = try divide(spec, table, targets, rows: rows, classes: classes, sink: sink)
        let transforms: [FeatureTransform]
        let target: TargetEncoding
        var encoded = table
        if let fitted {
            transforms = fitted.preprocessing.features
            target = fitted.target
            encoded = table.with(try inOrder(of: transforms, Array(table.columns.prefix(features.count)), sink: sink) + targets)
        } else {
            transforms = try ColumnFitting(table: table, rows: split.train, threads: threads(spec), sink: sink).fit(features)
            target =
                task == .regression
                ? try TargetFitting.values(spec, targets, table, train: split.train, sink: sink)
                : .classes(name: targets[0].request.name, classes: classes)
        }

        let encoding = partEncoding(spec, encoded, sink: sink)
        var parts: [Part?] = []
        for rows in split.parts { parts.append(try rows.map { rows throws(Stopped) in try encoding.encode(transforms, target, rows: rows) }) }
        encoding.noteFills(transforms, rows: rows)
        for other in sources.dropFirst() {
            parts[other.part] = try encode(other, spec, features, transforms, target, sink: sink)
        }
        warnOfAbsentClasses(classes, parts, sink: sink)
        guard let train = parts[0] else { throw Stopped() }
        return PreparedData(
            task: task, taskReason: decision.reason, preprocessing: Preprocessing(features: transforms, csv: sources[0].source.options),
            target: target, train: train, validation: parts[1], test: parts[2], header: sources[0].source.headerPlace,
            targetPlace: sources[0].source.place(ofColumn: spec.data.targets[0].value))
    }

    /// Columns, which may stand in another order now, in the order of a trained model's transforms.
    private static func inOrder(of transforms: [FeatureTransform], _ columns: [TableColumn], sink: DiagnosticSink) throws(Stopped) -> [TableColumn] {
        let names = columns.map(\.request.name)
        guard names.sorted() == transforms.map(\.name).sorted() else { throw sink.fail(.otherFeatures(transforms.map(\.name), found: names)) }
        return transforms.compactMap { transform in columns.first { $0.request.name == transform.name } }
    }

    /// Whether the files exist and have the columns that are named; their rows are not looked at.
    public static func checkFiles(_ spec: Spec, sink: DiagnosticSink) throws(Stopped) {
        var isStopped = false
        for source in try openAll(spec, sink: sink) {
            do throws(Stopped) {
                _ = try ColumnSelection.features(spec.data, source.source, sink: sink)
            } catch {
                isStopped = true
            }
        }
        if isStopped { throw Stopped() }
    }

    /// Reading takes as many threads as training.
    private static func threads(_ spec: Spec) -> Int { max(1, min(spec.training.threads.value ?? Team.coreCount, Team.coreCount)) }

    // MARK: Files

    /// A file of the spec: which part it is, where the spec names it, its header.
    private struct PartSource {
        /// 0 train (or the one file), 1 validation, 2 test.
        let part: Int
        let place: SourceRange?
        let source: CSVSource
    }

    /// All files, the training file first; what is wrong with any of them is told at once.
    private static func openAll(_ spec: Spec, sink: DiagnosticSink) throws(Stopped) -> [PartSource] {
        let paths: [Sourced<String>?] =
            switch spec.data.files {
            case .single(let path): [path]
            case .parts(let train, let validation, let test): [train, validation, test]
            }
        var sources: [PartSource] = []
        var isStopped = false
        for (part, path) in paths.enumerated() {
            guard let path else { continue }
            do throws(Stopped) {
                let options = try DataFormat.options(spec.data, path: path, sink: sink)
                var isFromCommandLine = false
                if case .commandLine = path.origin { isFromCommandLine = true }
                let file = try DataFile.open(
                    path.value, at: path.range, isFromCommandLine: isFromCommandLine, threads: threads(spec), sink: sink)
                sources.append(PartSource(part: part, place: path.range, source: try CSVSource(file, options: options, at: path.range, sink: sink)))
            } catch {
                isStopped = true
            }
        }
        if isStopped { throw Stopped() }
        return sources
    }

    private static func readTraining(
        _ spec: Spec, _ features: [FeatureSettings], _ source: PartSource, sink: DiagnosticSink
    ) throws(Stopped) -> DataTable {
        var requests = features.map(\.request)
        for name in spec.data.targets {
            requests.append(
                ColumnRequest(
                    index: source.source.index(of: name.value) ?? 0, name: name.value, mode: TaskDecision.mode(spec),
                    missingValues: spec.data.missingValues, isTarget: true,
                    hasGivenCategories: spec.data.classes != nil))
        }
        let table = try source.source.read(requests, threads: threads(spec), at: source.place, sink: sink)
        try TableChecks.check(table, precision: spec.training.precision.value, missing: { missing(features, $0) }, sink: sink)
        return table
    }

    private static func missing(_ features: [FeatureSettings], _ index: Int) -> TableChecks.Missing {
        guard index < features.count else { return .error(isImplied: false) }
        switch features[index].missing.value {
        case .error: return .error(isImplied: features[index].missing.range == nil)
        case .dropRow: return .dropped
        case .mean, .median, .mode, .constant: return .filled
        }
    }

    /// The columns whose gaps cost their rows.
    private static func dropping(_ features: [FeatureSettings], _ table: DataTable) -> [TableColumn] {
        zip(features, table.columns).filter { $0.0.missing.value == .dropRow }.map(\.1)
    }

    /// A validation or test file, by the transforms of the training file.
    private static func encode(
        _ other: PartSource, _ spec: Spec, _ features: [FeatureSettings], _ transforms: [FeatureTransform], _ target: TargetEncoding,
        sink: DiagnosticSink
    ) throws(Stopped) -> Part {
        let names = features.map(\.name) + spec.data.targets
        let (table, _) = try DataEncoding.read(
            other.source, transforms, target, names: names, targetMissing: spec.data.missingValues, features: features, at: other.place,
            sink: sink)
        try TableChecks.check(table, precision: spec.training.precision.value, missing: { missing(features, $0) }, sink: sink)
        let rows = try TableChecks.completeRows(table, columns: dropping(features, table), sink: sink)
        let encoding = partEncoding(spec, table, sink: sink)
        let part = try encoding.encode(transforms, target, rows: rows)
        encoding.noteFills(transforms, rows: rows)
        return part
    }

    private static func partEncoding(_ spec: Spec, _ table: DataTable, sink: DiagnosticSink) -> PartEncoding {
        PartEncoding(
            table: table, precision: spec.training.precision.value, comparesDistributions: spec.loss.value == .klDivergence,
            threads: threads(spec), sink: sink)
    }

    // MARK: Split

    private static func divide(
        _ spec: Spec, _ table: DataTable, _ targets: [TableColumn], rows: [Int32], classes: [String], sink: DiagnosticSink
    ) throws(Stopped) -> SplitRows {
        var numbers: [Int32] = []
        if !classes.isEmpty {
            let (found, problem) = PartEncoding.classNumbers(table, targets[0], classes, rows)
            if let problem { throw sink.fail(problem) }
            numbers = found
        }
        guard case .single(let path) = spec.data.files, case .parts(let train, let validation, let test, let asked) = spec.data.split.value else {
            return SplitRows(train: rows)
        }
        let place = spec.data.split.range ?? path.range
        let method = try method(asked, classes: numbers, count: classes.count, at: place, sink: sink)
        let fractions = [train, validation, test]
        let split = Split.divide(rows, fractions: fractions, method: method, seed: spec.seed.value)
        for (part, found) in split.parts.enumerated() where found?.isEmpty == true {
            let counts = zip(SplitRows.partNames, split.parts).compactMap { name, rows in rows.map { "\(name) \($0.count)" } }.joined(separator: ", ")
            var isStratified = false
            if case .stratified = method { isStratified = true }
            sink.emit(
                .emptyPart(
                    SplitRows.partNames[part], rows: rows.count, fraction: fractions[part], counts: counts, isStratified: isStratified, at: place,
                    isImplied: spec.data.split.range == nil))
        }
        try sink.throwIfErrors()
        return split
    }

    private static func method(
        _ asked: DataSpec.SplitMethod, classes: [Int32], count: Int, at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) -> Split.Method {
        switch asked {
        case .random: return .random
        case .ordered: return .ordered
        case .auto: return count == 0 ? .random : .stratified(classes: classes, count: count)
        case .stratified:
            if count == 0 { throw sink.fail(.stratifiedWithoutClasses(at: place)) }
            return .stratified(classes: classes, count: count)
        case .hash, .column:
            throw sink.fail(.settingNotAvailable("`method: \(asked.rawValue)`", at: place, fix: "write auto, stratified, random or ordered"))
        }
    }

    private static func warnOfAbsentClasses(_ classes: [String], _ parts: [Part?], sink: DiagnosticSink) {
        for (name, part) in zip(SplitRows.partNames, parts) {
            guard let part, case .classes(let numbers) = part.targets else { continue }
            var isPresent = [Bool](repeating: false, count: classes.count)
            for number in numbers { isPresent[Int(number)] = true }
            let absent = classes.indices.filter { !isPresent[$0] }.map { classes[$0] }
            if !absent.isEmpty { sink.emit(.classesAbsent(absent, part: name == "train" ? "training" : name)) }
        }
    }
}

extension Diagnostic {
    static func otherFeatures(_ wanted: [String], found: [String]) -> Diagnostic {
        func shown(_ names: [String]) -> String { names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "") }
        let missing = wanted.filter { !found.contains($0) }
        let new = found.filter { !wanted.contains($0) }
        return Diagnostic(
            "E1120", "the data no longer have the features that the model was trained on",
            notes: [missing.isEmpty ? nil : "the model's own: \(shown(missing))", new.isEmpty ? nil : "new: \(shown(new))"].compactMap { $0 },
            fix: "train again, or evaluate the model with `--data` on a file that has its columns")
    }
}
