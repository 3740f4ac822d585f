import Diagnostics
import SpecLanguage

/// Data files to parts that can be trained on: read, divide, fit on the training rows, encode.
public enum DataPreparation {
    /// What a trained model holds of its data.
    public typealias Fitted = (task: ResolvedTask, preprocessing: Preprocessing, target: TargetEncoding)

    /// Memory at the peak: the bytes of the training file, unpacked, 8 per row, per row and column 8 (numbers), 4 (categories) or 12 (a target
    /// that may be classes), and the matrices: 4 (float32) or 8 per row and input. Numbers of arrays are mapped and take no columns. Files and
    /// columns are given back when this returns, the matrices stay.
    ///
    /// - Parameter fitted: what a trained model holds; the parts are then encoded by it, and nothing is fitted. nil: fit on the training rows.
    /// Errors: E1xxx. Warnings: W0301, W10xx.
    public static func prepare(_ spec: Spec, as fitted: Fitted? = nil, sink: DiagnosticSink) throws(Stopped) -> PreparedData {
        let sink = sink.stage()
        let data = try examine(spec, as: fitted, sink: sink)
        try sink.throwIfErrors()
        return data
    }

    /// The same for someone who looks for further mistakes: it stops only where nothing can be made of the data.
    public static func examine(_ spec: Spec, as fitted: Fitted? = nil, sink: DiagnosticSink) throws(Stopped) -> PreparedData {
        try examine(spec, as: fitted, sink: sink) { _ in }
    }

    /// - Parameters:
    ///   - memoryLimit: what reading may take; more is refused before it is taken, as far as that is known (E3991).
    ///   - observe: gets the tables before they are given back.
    package static func examine(
        _ spec: Spec, as fitted: Fitted? = nil, memoryLimit: MemoryLimit = MemoryLimit(), sink: DiagnosticSink, observe: (ExaminedData) -> Void
    ) throws(Stopped) -> PreparedData {
        let opening = sink.stage()
        let sources = DataFiles.open(spec.data, memoryLimit: memoryLimit, threads: threads(spec), sink: opening)
        return try FileWatch.reading(sources.map(\.source), sink: sink) { sink throws(Stopped) in
            let read = try read(spec, sources, as: fitted, sink: sink.stage())
            try opening.throwIfErrors()
            return try examine(read, as: fitted, memoryLimit: memoryLimit, sink: sink, observe: observe)
        }
    }

    private static func examine(
        _ read: ReadFiles, as fitted: Fitted?, memoryLimit: MemoryLimit, sink: DiagnosticSink, observe: (ExaminedData) -> Void
    ) throws(Stopped) -> PreparedData {
        let (spec, tables, features, csv) = read
        let table = tables[0].table
        let rows = tables[0].rows
        TableChecks.warnOfBlanks(table, sink: sink)

        let targets = Array(table.columns[features.count...].prefix(spec.data.targets.count))
        let decision: TaskDecision
        if let fitted {
            decision = TaskDecision(task: fitted.task)
        } else {
            decision = try TaskDecision.decide(spec, targets, table, rows: rows, sink: sink)
        }
        SettingChecks.data(spec, features, table, task: decision.task, sink: sink)
        var classes = try classes(spec, targets, table, rows: rows, task: decision.task, fitted?.target, sink: sink)

        let split = try divide(spec, table, targets, rows: rows, classes: classes, sink: sink.stage())
        if fitted == nil, spec.data.classes == nil, !classes.isEmpty {
            classes = try TargetFitting.ofTraining(classes, targets[0], table, split, sink: sink)
        }
        let transforms: [FeatureTransform]
        let target: TargetEncoding
        if let fitted {
            transforms = fitted.preprocessing.features
            target = fitted.target
        } else {
            transforms = try ColumnFitting(table: table, rows: split.train, threads: threads(spec), sink: sink.stage()).fit(features)
            switch decision.task {
            case .regression: target = try TargetFitting.values(spec, targets, table, train: split.train, sink: sink)
            case .multilabel: target = .labels(names: targets.map(\.request.name))
            case .classification, .binary: target = .classes(name: targets[0].request.name, classes: classes)
            }
        }

        let width = Preprocessing(features: transforms, csv: csv).width
        let elements = tables.reduce(0) { $0 + $1.rows.count } * width
        let readingByteCount = tables.reduce(0) { $0 + $1.table.byteCount }
        try memoryLimit.check(
            table.source.name, takes: readingByteCount + elements * (spec.training.precision.value == .float32 ? 4 : 8), at: table.source.place,
            sink: sink)
        var parts: [Part?] = []
        let encoding = partEncoding(spec, table, sink: sink)
        for rows in split.parts { parts.append(try rows.map { rows throws(Stopped) in try encoding.encode(transforms, target, rows: rows) }) }
        encoding.noteFills(transforms, rows: rows)
        for other in tables.dropFirst() {
            let encoding = partEncoding(spec, other.table, sink: sink)
            parts[other.part] = try encoding.encode(transforms, target, rows: other.rows)
            encoding.noteFills(transforms, rows: other.rows)
        }
        for (number, part) in parts.enumerated() {
            let table = tables.first { $0.part == number }?.table ?? table
            if let part { SampleWeights.check(part, SplitRows.partNames[number], table, spec.training.precision.value, sink: sink) }
        }
        warnOfAbsentClasses(classes, parts, spec.data, sink: sink)
        guard let train = parts[0] else { throw Stopped() }
        var data = PreparedData(
            task: decision.task, taskReason: decision.reason, preprocessing: Preprocessing(features: transforms, csv: csv), target: target,
            train: train, validation: parts[1], test: parts[2], header: table.source.headerLine,
            targetPlace: table.source.headerRange(targets[0].request.index))
        let ownRows = zip(SplitRows.partNames, split.parts).compactMap { name, rows in
            rows.map { ExaminedData.Part(name: name, table: table, rows: $0) }
        }
        let others = tables.dropFirst().map { ExaminedData.Part(name: SplitRows.partNames[$0.part], table: $0.table, rows: $0.rows) }
        observe(
            ExaminedData(
                parts: ownRows + others, featureCount: features.count, targetCount: targets.count, transforms: transforms, classes: classes,
                encoded: train))
        data.readingByteCount = readingByteCount
        return data
    }

    /// Whether the files exist and have the columns that are named; their rows are not looked at.
    ///
    /// - Parameter trust: what can be relied on in a spec with mistakes; nil for one without.
    public static func checkFiles(_ spec: Spec, trust: SpecTrust? = nil, sink: DiagnosticSink) throws(Stopped) {
        let sink = sink.stage()
        let sources = DataFiles.open(spec.data, trust: trust, threads: threads(spec), sink: sink)
        if let trust {
            DataFiles.checkNames(spec.data, sources, trust: trust, sink: sink)
        } else {
            var spec = spec
            spec.data = DataFiles.resolved(spec.data, sources)
            _ = DataFiles.features(spec.data, sources, sink: sink)
            SettingChecks.targetAmongFeatures(spec, sink: sink)
        }
        try sink.throwIfErrors()
    }

    /// Reading takes as many threads as training.
    private static func threads(_ spec: Spec) -> Int { max(1, min(spec.training.threads.value ?? Team.coreCount, Team.coreCount)) }

    // MARK: Reading

    /// A file's rows: those that count, and all of them.
    private struct PartTable {
        let part: Int
        let table: DataTable
        let rows: [Int32]
    }

    /// What the files hold, and the spec as they complete it.
    private typealias ReadFiles = (spec: Spec, tables: [PartTable], features: [FeatureSettings], csv: CSVOptions)

    /// All files, the training file first, with what shows before anything is fitted. The columns stand in the order of the features, of a
    /// trained model's where there is one; then come the targets.
    private static func read(
        _ spec: Spec, _ sources: [DataFiles.PartSource], as fitted: Fitted?, sink: DiagnosticSink
    ) throws(Stopped) -> ReadFiles {
        var spec = spec
        spec.data = DataFiles.resolved(spec.data, sources)
        let (found, complete) = DataFiles.features(spec.data, sources, sink: sink)
        guard var features = found, let first = complete.first else { throw Stopped() }
        if let fitted { features = try matched(features, fitted.preprocessing.features, sink: sink) }
        var tables: [PartTable] = []
        var training: DataTable?
        for source in complete {
            let requests = requests(spec, features, source.source, training: training, fitted)
            guard let table = try? source.source.read(requests, threads: threads(spec), at: source.place, sink: sink) else { continue }
            if source.part == 0 { training = table }
            let isSound: Void? = try? TableChecks.check(
                table, precision: spec.training.precision.value, missing: { missing(features, $0) }, sink: sink)
            guard isSound != nil,
                let rows = try? TableChecks.completeRows(table, columns: dropping(features, table), at: dropPlace(features), sink: sink)
            else { continue }
            tables.append(PartTable(part: source.part, table: table, rows: rows))
        }
        try sink.throwIfErrors()
        return (spec, tables, features, first.source.options)
    }

    /// How the columns of a file are to be read: as in the training file where that has been read.
    private static func requests(
        _ spec: Spec, _ features: [FeatureSettings], _ source: any TableSource, training: DataTable?, _ fitted: Fitted?
    ) -> [ColumnRequest] {
        var requests = features.enumerated().map { index, feature in
            var request = feature.request
            request.index = source.index(of: feature.name.value) ?? 0
            if let training { request.mode = training.columns[index].isCategory ? .category : .number }
            return request
        }
        var mode = TaskDecision.mode(spec)
        if let fitted { mode = fitted.target.mode }
        for name in spec.data.targets {
            var request = ColumnRequest(
                index: source.index(of: name.value) ?? 0, name: name.value, mode: mode, missingValues: spec.data.missingValues, isTarget: true,
                hasGivenCategories: training == nil && spec.data.classes != nil)
            request.isBoolean = spec.task.value == .multilabel
            requests.append(request)
        }
        if let weight = spec.data.sampleWeight {
            requests.append(.weights(weight.value, at: source.index(of: weight.value) ?? 0, missingValues: spec.data.missingValues))
        }
        if let key = spec.data.splitKey {
            var request = ColumnRequest(
                index: source.index(of: key.value) ?? 0, name: key.value, mode: .category, missingValues: spec.data.missingValues)
            request.isKey = true
            requests.append(request)
        }
        return requests
    }

    /// Features in the order of a trained model's transforms, and of their kind: the columns may stand in another order now.
    private static func matched(
        _ features: [FeatureSettings], _ transforms: [FeatureTransform], sink: DiagnosticSink
    ) throws(Stopped) -> [FeatureSettings] {
        let names = features.map(\.name.value)
        guard names.sorted() == transforms.map(\.name).sorted() else { throw sink.fail(.otherFeatures(transforms.map(\.name), found: names)) }
        let byName = Dictionary(features.map { ($0.name.value, $0) }) { first, _ in first }
        return transforms.compactMap { transform in
            var feature = byName[transform.name]
            feature?.type = transform.type
            return feature
        }
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

    private static func dropPlace(_ features: [FeatureSettings]) -> SourceRange? {
        features.lazy.filter { $0.missing.value == .dropRow }.compactMap(\.missing.range).first
    }

    private static func partEncoding(_ spec: Spec, _ table: DataTable, sink: DiagnosticSink) -> PartEncoding {
        PartEncoding(
            table: table, precision: spec.training.precision.value, comparesDistributions: spec.loss.value == .klDivergence,
            threads: threads(spec), sink: sink.stage())
    }

    // MARK: Split

    /// Empty where there are none.
    private static func classes(
        _ spec: Spec, _ targets: [TableColumn], _ table: DataTable, rows: [Int32], task: ResolvedTask, _ fitted: TargetEncoding?,
        sink: DiagnosticSink
    ) throws(Stopped) -> [String] {
        switch fitted {
        case .classes(_, let classes): return classes
        case .values, .labels: return []
        case nil:
            return task == .regression || task == .multilabel
                ? [] : try TargetFitting.classes(spec, targets[0], table, rows: rows, task: task, sink: sink)
        }
    }

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
        let method = try method(
            asked, key: spec.data.splitKey == nil ? nil : table.columns.last, table, rows, classes: numbers, count: classes.count, at: place,
            sink: sink)
        if let folds = spec.data.folds {
            return try FoldSplit.divide(spec, folds, table, rows: rows, classes: numbers, names: classes, method: method, sink: sink)
        }
        let shares = [train, validation, test]
        let split = Split.divide(rows, fractions: shares.map(\.value), method: method, seed: spec.seed.value)
        for (part, found) in split.parts.enumerated() where found?.isEmpty == true {
            if let key = spec.data.splitKey {
                sink.emit(
                    .emptyPartOfKeys(
                        SplitRows.partNames[part], key.value, keys: Set(rows.map { table.columns[table.columns.count - 1].codes[Int($0)] }).count,
                        goesByHash: asked.value == .hash, at: asked.value == .hash ? shares[part].range ?? place : key.range))
                continue
            }
            let counts = zip(SplitRows.partNames, split.parts).compactMap { name, rows in rows.map { "\(name) \($0.count)" } }.joined(separator: ", ")
            var isStratified = false
            if case .stratified = method { isStratified = true }
            sink.emit(
                .emptyPart(
                    SplitRows.partNames[part], rows: rows.count, fraction: shares[part].value, counts: counts, isStratified: isStratified,
                    at: shares[part].range ?? place, isImplied: spec.data.split.range == nil))
        }
        try sink.throwIfErrors()
        return split
    }

    private static func method(
        _ asked: Sourced<DataSpec.SplitMethod>, key: TableColumn?, _ table: DataTable, _ rows: [Int32], classes: [Int32], count: Int,
        at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) -> Split.Method {
        switch asked.value {
        case .hash:
            guard let key else { preconditionFailure("a split by hash without a key is refused where the spec is read") }
            return .hash(keys: rows.map { key.codes[Int($0)] }, texts: key.texts.texts)
        case .column:
            guard let key else { preconditionFailure("a split by column without a key is refused where the spec is read") }
            let parts = key.texts.texts.map { text in SplitRows.partNames.firstIndex(of: text).map(Int32.init) ?? -1 }
            var others = Places()
            for row in rows where parts[Int(key.codes[Int(row)])] < 0 { others.add(Int(row)) }
            if others.count > 0 { throw sink.fail(.noPart(table, key, others)) }
            return .column(parts: rows.map { parts[Int(key.codes[Int($0)])] })
        case .random: return .random
        case .ordered: return .ordered
        case .auto: return count == 0 ? .random : .stratified(classes: classes, count: count)
        case .stratified:
            if count == 0 { throw sink.fail(.stratifiedWithoutClasses(at: asked.range ?? place)) }
            return .stratified(classes: classes, count: count)
        }
    }

    private static func warnOfAbsentClasses(_ classes: [String], _ parts: [Part?], _ data: DataSpec, sink: DiagnosticSink) {
        let places: [SourceRange?]
        var isStratified = false
        switch data.files {
        case .parts(let train, let validation, let test): places = [train.range, validation?.range, test?.range]
        case .single(let path):
            var place = data.split.range ?? path.range
            if case .parts(_, _, _, let method) = data.split.value {
                place = method.range ?? place
                isStratified = method.value == .auto || method.value == .stratified
                // Of folds it has been told.
                if isStratified, data.folds != nil { return }
            }
            places = [place, place, place]
        }
        var counts = [Int](repeating: 0, count: classes.count)
        for case .classes(let numbers)? in parts.map({ $0?.targets }) {
            for number in numbers { counts[Int(number)] += 1 }
        }
        for (index, part) in parts.enumerated() {
            guard let part, case .classes(let numbers) = part.targets else { continue }
            var isPresent = [Bool](repeating: false, count: classes.count)
            for number in numbers { isPresent[Int(number)] = true }
            let absent = classes.indices.filter { !isPresent[$0] }
            let name = SplitRows.partNames[index]
            guard !absent.isEmpty else { continue }
            let rare = isStratified ? absent.filter { counts[$0] > 0 }.map { (classes[$0], counts[$0]) } : []
            sink.emit(
                .classesAbsent(absent.map { classes[$0] }, part: name == "train" ? "training" : name, rare: rare, at: places[index]))
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
