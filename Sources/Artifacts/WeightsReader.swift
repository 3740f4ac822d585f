import Datasets
import Decimals
import Diagnostics
import SpecLanguage
import Training

/// From a JSON value to a model, with every promise of the format checked.
struct WeightsReader {
    let text: WeightsText

    private static let losses = ["cross_entropy", "binary_cross_entropy", "mse", "mae", "huber", "sse", "kl_divergence"]

    func model(_ root: JSONValue) throws(WeightsProblem) -> TrainedModel {
        try checkFormat(root)
        let first = try WeightsObject(root, "the weights file", required: nil, in: text)
        let task: ResolvedTask = try first.choice("task", ResolvedTask.allCases)
        let isWeighted = first.find("sample_weight") != nil
        var keys = ["format", "version", "task", "precision", "loss", "target"]
        if task == .classification || task == .binary { keys.append("classes") }
        let file = try WeightsObject(
            root, "the weights file", required: keys + (isWeighted ? ["sample_weight"] : []) + ["preprocessing", "layers"], in: text)
        let precision: TrainingSpec.Precision = try file.choice("precision", TrainingSpec.Precision.allCases)
        let target = try target(file, task)
        let preprocessing = Preprocessing(features: try features(file), csv: CSVOptions())
        let layers = try layers(file, inputs: preprocessing.width, outputs: WeightsReader.width(of: target, task), precision)
        return TrainedModel(
            task: task, precision: precision, loss: try loss(file, task), preprocessing: preprocessing, target: target,
            sampleWeight: isWeighted ? try file.string("sample_weight") : nil, layers: layers)
    }

    /// Format and version come first: a file of another kind should hear that, and not which keys it lacks.
    private func checkFormat(_ root: JSONValue) throws(WeightsProblem) {
        guard case .object = root.kind else { throw WeightsProblem(.notWeights(root.kindName, at: text.range(root))) }
        let file = try WeightsObject(root, "the weights file", required: nil, in: text)
        guard let format = file.find("format") else { throw WeightsProblem(.notWeights("no such key", at: text.range(root.lower, root.lower + 1))) }
        guard case .string(WeightsFile.format) = format.kind else { throw WeightsProblem(.notWeights(text.excerpt(format), at: text.range(format))) }
        let version = try file["version"]
        guard case .number = version.kind, text.excerpt(version) == "\(WeightsFile.version)" else {
            throw WeightsProblem(.unknownVersion(text.excerpt(version), at: text.range(version)))
        }
    }

    private func loss(_ file: WeightsObject, _ task: ResolvedTask) throws(WeightsProblem) -> String {
        let loss = try file.string("loss")
        guard WeightsReader.losses.contains(loss) else {
            throw WeightsProblem(
                .notAChoice(loss, for: "`loss` of the weights file", choices: WeightsReader.losses, at: text.range(try file["loss"])))
        }
        if loss == "cross_entropy" && task != .classification || loss == "binary_cross_entropy" && task != .binary && task != .multilabel
            || task == .multilabel && loss != "binary_cross_entropy"
        {
            throw file.contradiction("loss \(loss) does not go with task \(task.rawValue)", at: "loss")
        }
        return loss
    }

    private static func width(of target: TargetEncoding, _ task: ResolvedTask) -> Int {
        switch target {
        case .classes(_, let classes): task == .binary ? 1 : classes.count
        case .values(let names, _, _), .labels(let names): names.count
        }
    }

    private func target(_ file: WeightsObject, _ task: ResolvedTask) throws(WeightsProblem) -> TargetEncoding {
        let value = try file["target"]
        if task == .regression {
            let object = try WeightsObject(value, "the target", required: ["names", "centers", "scales"], in: text)
            let names = try unique(object, "names")
            let (centers, scales) = (try object.doubles("centers"), try object.doubles("scales"))
            guard centers.count == names.count, scales.count == names.count else {
                throw object.contradiction("the target has \(names.count) names, \(centers.count) centers and \(scales.count) scales", at: "names")
            }
            guard scales.allSatisfy({ $0 > 0 }) else { throw object.contradiction("a scale of the target is not above 0", at: "scales") }
            return .values(names: names, centers: centers, scales: scales)
        }
        let object = try WeightsObject(value, "the target", required: ["names"], in: text)
        let names = try unique(object, "names")
        if task == .multilabel { return .labels(names: names) }
        guard names.count == 1 else { throw object.contradiction("a \(task.rawValue) has one target, here are \(names.count)", at: "names") }
        let classes = try unique(file, "classes")
        guard task == .classification || classes.count == 2 else {
            throw file.contradiction("a binary task has 2 classes, here are \(classes.count)", at: "classes")
        }
        return .classes(name: names[0], classes: classes)
    }

    /// A list of texts, at least one, none twice.
    private func unique(_ object: WeightsObject, _ key: String) throws(WeightsProblem) -> [String] {
        let texts = try object.strings(key)
        if texts.isEmpty { throw object.contradiction("`\(key)` of \(object.what) is empty", at: key) }
        var seen: Set<String> = []
        for text in texts where !seen.insert(text).inserted {
            throw object.contradiction("`\(key)` of \(object.what) holds \"\(text)\" twice", at: key)
        }
        return texts
    }

    // MARK: Preprocessing

    private func features(_ file: WeightsObject) throws(WeightsProblem) -> [FeatureTransform] {
        var result: [FeatureTransform] = []
        var seen: Set<String> = []
        for (index, value) in try file.array("preprocessing").enumerated() {
            let feature = try feature(value, "feature \(index + 1)")
            guard seen.insert(feature.name).inserted else {
                throw WeightsProblem(.contradiction("there are two features named \"\(feature.name)\"", at: text.range(value)))
            }
            result.append(feature)
        }
        if result.isEmpty { throw file.contradiction("the model has no features", at: "preprocessing") }
        return result
    }

    private func feature(_ value: JSONValue, _ what: String) throws(WeightsProblem) -> FeatureTransform {
        let first = try WeightsObject(value, what, required: nil, in: text)
        let type: DataSpec.FeatureType = try first.choice("type", [.number, .category, .boolean])
        var encoding = DataSpec.Encoding.oneHot
        // Keys that a file has only where they say something.
        var own: [String] = []
        if type == .category, first.find("encoding") != nil {
            own.append("encoding")
            encoding = try first.choice("encoding", [.ordinal, .index])
        }
        switch (type, encoding) {
        case (.category, .ordinal): own += ["categories", "normalize", "mean", "std"]
        case (.category, _): own += ["categories", "unseen"]
        case (.boolean, _): break
        case (.number, _), (.auto, _): own += ["normalize", "mean", "std"]
        }
        let hasIndicator = first.find("indicator") != nil
        let object = try WeightsObject(
            value, what, required: ["name", "type"] + own + ["fill", "missing_values"] + (hasIndicator ? ["indicator"] : []), in: text)
        if hasIndicator { try object.requireTrue("indicator") }
        let kind: FeatureTransform.Kind =
            switch type {
            case .category: try category(object, encoding)
            case .boolean: try boolean(object)
            case .number, .auto: try number(object)
            }
        return FeatureTransform(
            name: try object.string("name"), kind: kind, missingValues: try object.strings("missing_values"), hasIndicator: hasIndicator)
    }

    private func boolean(_ object: WeightsObject) throws(WeightsProblem) -> FeatureTransform.Kind {
        let fill = try object.optionalDouble("fill")
        if let fill, !(fill >= 0 && fill <= 1) { throw object.contradiction("`fill` of \(object.what) does not lie between 0 and 1", at: "fill") }
        return .boolean(fill: fill)
    }

    /// `mean` and `std` are what values are shifted and divided by, whatever the normalization calls them: see `WeightsFile`.
    private func number(_ object: WeightsObject) throws(WeightsProblem) -> FeatureTransform.Kind {
        try number(object, fill: try object.optionalDouble("fill"))
    }

    private func number(_ object: WeightsObject, fill: Double?) throws(WeightsProblem) -> FeatureTransform.Kind {
        let scale = try object.double("std")
        guard scale > 0 else { throw object.contradiction("`std` of \(object.what) is not above 0", at: "std") }
        return .number(
            normalize: try object.choice("normalize", DataSpec.Normalize.allCases), center: try object.double("mean"), scale: scale,
            fill: fill)
    }

    private func category(_ object: WeightsObject, _ encoding: DataSpec.Encoding) throws(WeightsProblem) -> FeatureTransform.Kind {
        let categories = try unique(object, "categories")
        let fill = try object.optionalString("fill")
        if let fill, !categories.contains(fill) {
            throw object.contradiction("`fill` of \(object.what) is \"\(fill)\", which is none of its categories", at: "fill")
        }
        switch encoding {
        case .oneHot: break
        case .index: return .index(categories: categories, unseen: try object.choice("unseen", DataSpec.Unseen.allCases), fill: fill)
        case .ordinal:
            guard case .number(let normalize, let center, let scale, _) = try number(object, fill: nil) else { break }
            return .ordinal(categories: categories, normalize: normalize, center: center, scale: scale, fill: fill)
        }
        return .category(categories: categories, unseen: try object.choice("unseen", DataSpec.Unseen.allCases), fill: fill)
    }

    // MARK: Layers

    private func layers(_ file: WeightsObject, inputs: Int, outputs: Int, _ precision: TrainingSpec.Precision) throws(WeightsProblem)
        -> [TrainedLayer]
    {
        var width = inputs
        var hasDense = false
        var seen: Set<String> = []
        var result: [TrainedLayer] = []
        let values = try file.array("layers")
        for (index, value) in values.enumerated() {
            let layer = try layer(value, "layer \(index + 1)", inputs: width, precision)
            guard seen.insert(layer.name).inserted else {
                throw WeightsProblem(.contradiction("there are two layers named \"\(layer.name)\"", at: text.range(value)))
            }
            if let weight = layer.weight { (width, hasDense) = (weight.columns, true) }
            result.append(layer)
        }
        guard hasDense else { throw file.contradiction("the model has no dense layer", at: "layers") }
        guard width == outputs else {
            throw WeightsProblem(
                .wrongShape(
                    "the last layer", found: "\(width) outputs", expected: "\(outputs) for the target",
                    at: text.range(values[values.count - 1])))
        }
        return result
    }

    private enum LayerType: String { case dense, activation }

    private func layer(_ value: JSONValue, _ what: String, inputs: Int, _ precision: TrainingSpec.Precision) throws(WeightsProblem) -> TrainedLayer {
        let type: LayerType = try WeightsObject(value, what, required: nil, in: text).choice("type", [.dense, .activation])
        let object = try WeightsObject(value, what, required: ["name", "type", "activation"] + (type == .dense ? ["weight", "bias"] : []), in: text)
        let activation: ActivationName = try object.choice("activation", ActivationName.allCases)
        let name = try object.string("name")
        guard type == .dense else { return TrainedLayer(name: name, type: type.rawValue, activation: activation, weight: nil, bias: nil) }
        let weight = try matrix(object, inputs: inputs, precision)
        return TrainedLayer(
            name: name, type: type.rawValue, activation: activation, weight: weight,
            bias: try bias(object, units: weight.columns, precision))
    }

    private func matrix(_ object: WeightsObject, inputs: Int, _ precision: TrainingSpec.Precision) throws(WeightsProblem) -> Matrix {
        let rows = try object.array("weight")
        let what = "`weight` of \(object.what)"
        guard rows.count == inputs else {
            throw WeightsProblem(
                .wrongShape(what, found: "\(rows.count)", expected: "\(inputs) rows, one per input", at: text.range(try object["weight"])))
        }
        var matrix: [[Double]] = []
        for row in rows {
            guard case .numbers(let numbers) = row.kind else {
                if let element = row.firstNonNumber {
                    throw WeightsProblem(.wrongKind(of: what, found: element.kindName, expected: "a number in this row", at: text.range(element)))
                }
                throw WeightsProblem(.wrongKind(of: what, found: row.kindName, expected: "a row of numbers", at: text.range(row)))
            }
            matrix.append(numbers)
        }
        var bias: Int?
        if case .numbers(let numbers) = try object["bias"].kind { bias = numbers.count }
        let units = WeightsReader.units(matrix.map(\.count), bias: bias)
        for (row, numbers) in zip(rows, matrix) where numbers.count != units {
            throw WeightsProblem(.wrongShape(what, found: "\(numbers.count)", expected: "\(units) numbers in each row", at: text.range(row)))
        }
        return try text.matrix(zip(rows, matrix).map { ($0, $1) }, columns: units, precision)
    }

    /// How long a row should be: as most are; of equals as the bias is, else as the first is.
    private static func units(_ counts: [Int], bias: Int?) -> Int {
        guard let first = counts.first, counts.contains(where: { $0 != first }) else { return counts.first ?? 0 }
        let sorted = counts.sorted()
        var (best, bestCount, start) = (first, 0, 0)
        for index in sorted.indices {
            if sorted[index] != sorted[start] { start = index }
            let count = index - start + 1
            if count > bestCount || (count == bestCount && best != bias && (sorted[index] == bias || sorted[index] == first)) {
                (best, bestCount) = (sorted[index], count)
            }
        }
        return best
    }

    private func bias(_ object: WeightsObject, units: Int, _ precision: TrainingSpec.Precision) throws(WeightsProblem) -> Matrix? {
        let value = try object["bias"]
        switch value.kind {
        case .null: return nil
        case .numbers(let numbers):
            guard numbers.count == units else {
                let found = "\(numbers.count)"
                throw WeightsProblem(
                    .wrongShape("`bias` of \(object.what)", found: found, expected: "\(units) numbers, one per unit", at: text.range(value)))
            }
            return try text.matrix([(value, numbers)], columns: units, precision)
        default:
            throw WeightsProblem(
                .wrongKind(
                    of: "`bias` of \(object.what)", found: (value.firstNonNumber ?? value).kindName,
                    expected: value.firstNonNumber == nil ? "a list of numbers, or null" : "a number in this list",
                    at: text.range(value.firstNonNumber ?? value)))
        }
    }
}

extension WeightsText {
    /// The written text of a value, shortened.
    func excerpt(_ value: JSONValue) -> String {
        let upper = min(value.upper, value.lower + 40)
        return String(decoding: bytes[value.lower..<upper], as: UTF8.self) + (upper < value.upper ? "..." : "")
    }

    /// Rows of numbers in a precision, each rounded once. Precondition: all have `columns` numbers. Errors: E1712 for one beyond the precision.
    func matrix(
        _ rows: [(value: JSONValue, numbers: [Double])], columns: Int, _ precision: TrainingSpec.Precision
    ) throws(WeightsProblem) -> Matrix {
        var problem: WeightsProblem?
        let matrix = Matrix(rows: rows.count, columns: columns, precision: precision) { base in
            let floats = base.assumingMemoryBound(to: Float.self)
            let doubles = base.assumingMemoryBound(to: Double.self)
            for (row, (value, numbers)) in rows.enumerated() where problem == nil {
                var isExact = true
                for (column, number) in numbers.enumerated() {
                    if precision == .float64 {
                        doubles[row * columns + column] = number
                        isExact = isExact && number.isFinite
                    } else {
                        let float = Float(roundedOnce: number)
                        floats[row * columns + column] = float ?? 0
                        isExact = isExact && float != nil
                    }
                }
                guard !isExact else { continue }
                do throws(WeightsProblem) {
                    for (column, number) in try slowly(value, precision).enumerated() {
                        if precision == .float64 { doubles[row * columns + column] = number } else { floats[row * columns + column] = Float(number) }
                    }
                } catch {
                    problem = error
                }
            }
        }
        if let problem { throw problem }
        guard let matrix else { throw WeightsProblem(.noMemoryForData(name, bytes.count)) }
        return matrix
    }

    /// Numbers as Double. Errors: E1712 for one beyond it.
    func finite(_ doubles: [Double], of value: JSONValue) throws(WeightsProblem) -> [Double] {
        doubles.allSatisfy(\.isFinite) ? doubles : try slowly(value, .float64)
    }

    /// Numbers from the text alone, one after the other, each rounded once.
    private func slowly(_ value: JSONValue, _ precision: TrainingSpec.Precision) throws(WeightsProblem) -> [Double] {
        var result: [Double] = []
        let overflow: Range<Int>? = bytes.withUnsafeBufferPointer { bytes in
            var at = value.lower
            while at < value.upper {
                guard WeightsText.belongsToNumber(bytes[at]) else {
                    at += 1
                    continue
                }
                let lower = at
                while at < value.upper, WeightsText.belongsToNumber(bytes[at]) { at += 1 }
                let text = UnsafeBufferPointer(rebasing: bytes[lower..<at])
                if precision == .float32, let float = NumberParser.float(text), float.isFinite {
                    result.append(Double(float))
                } else if precision == .float64, case .number(let double) = NumberParser.parse(text) {
                    result.append(double)
                } else {
                    return lower..<at
                }
            }
            return nil
        }
        guard let overflow else { return result }
        let text = String(decoding: bytes[overflow].prefix(40), as: UTF8.self) + (overflow.count > 40 ? "..." : "")
        throw WeightsProblem(.numberOverflow(text, precision, at: range(overflow.lowerBound, overflow.upperBound)))
    }

    /// A byte of a number, given that only numbers, commas, blanks and brackets stand there.
    private static func belongsToNumber(_ byte: UInt8) -> Bool {
        byte > UInt8(ascii: " ") && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "[") && byte != UInt8(ascii: "]")
    }
}
