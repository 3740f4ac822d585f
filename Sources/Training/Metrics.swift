import Datasets
import Execution

/// What is measured on a part: predictions in original units against the targets.
struct Predictions {
    let rows: Int
    let width: Int
    /// [rows][width]: probabilities, or values in original units.
    let values: [Double]
    let targets: Targets
    let encoding: TargetEncoding
    /// Whether the outputs are probabilities (softmax or sigmoid).
    let areProbabilities: Bool

    /// The predicted class of a row: the largest output (of equals the first), or the second class when one output exceeds 0.5.
    func predictedClass(_ row: Int) -> Int {
        if width == 1 { return values[row] > 0.5 ? 1 : 0 }
        var best = 0
        for column in 1..<width where values[row * width + column] > values[row * width + best] { best = column }
        return best
    }

    /// Whether a row is taken to have a label: its output exceeds 0.5.
    func has(_ label: Int, _ row: Int) -> Bool { values[row * width + label] > 0.5 }
}

/// One definition per metric. Sums run over the rows in order; a value that is not defined (0/0) is nil.
enum Metric: String, CaseIterable {
    case accuracy, macro_f1, log_loss, precision, recall, f1, mse, rmse, mae, r2

    var higherIsBetter: Bool {
        switch self {
        case .accuracy, .macro_f1, .precision, .recall, .f1, .r2: true
        case .log_loss, .mse, .rmse, .mae: false
        }
    }

    static func standard(for task: ResolvedTask) -> [Metric] {
        task == .regression ? [.mse, .rmse, .mae, .r2] : [.accuracy, .macro_f1, .log_loss]
    }

    func value(_ predictions: Predictions) -> Double? {
        guard predictions.rows > 0 else { return nil }
        switch (self, predictions.targets) {
        case (.accuracy, .classes(let classes)):
            let right = classes.indices.reduce(0) { $0 + (predictions.predictedClass($1) == Int(classes[$1]) ? 1 : 0) }
            return Double(right) / Double(classes.count)
        case (.log_loss, .classes(let classes)): return logLoss(predictions, classes)
        case (.macro_f1, .classes(let classes)): return macroF1(predictions, classes)
        case (.precision, .classes(let classes)), (.recall, .classes(let classes)), (.f1, .classes(let classes)):
            let counts = ClassCounts.all(predictions, classes, classCount: 2)[1]
            return self == .precision ? counts.precision : self == .recall ? counts.recall : counts.f1
        case (.accuracy, .labels(let targets)):
            let right = (0..<targets.rows).count { row in (0..<targets.columns).allSatisfy { predictions.has($0, row) == (targets[row, $0] == 1) } }
            return Double(right) / Double(targets.rows)
        case (.log_loss, .labels(let targets)): return logLoss(predictions, targets)
        case (.macro_f1, .labels(let targets)): return macroF1(predictions, targets)
        case (.mse, .values(let targets)): return meanSquaredError(predictions, targets)
        case (.rmse, .values(let targets)): return meanSquaredError(predictions, targets).squareRoot()
        case (.mae, .values(let targets)):
            var sum = 0.0
            for (index, value) in targets.doubles.enumerated() { sum += (predictions.values[index] - value).magnitude }
            return sum / Double(predictions.values.count)
        case (.r2, .values(let targets)): return coefficientOfDetermination(predictions, targets)
        default: return nil
        }
    }

    /// Mean of -log p of the true class, p clipped to [2.2e-16, 1 - 2.2e-16] (scikit-learn's log_loss); nil if outputs are no probabilities.
    private func logLoss(_ predictions: Predictions, _ classes: [Int32]) -> Double? {
        guard predictions.areProbabilities else { return nil }
        let epsilon = Double.ulpOfOne
        var sum = 0.0
        for (row, number) in classes.enumerated() {
            let p: Double
            if predictions.width == 1 {
                p = number == 1 ? predictions.values[row] : 1 - predictions.values[row]
            } else {
                p = predictions.values[row * predictions.width + Int(number)]
            }
            sum -= Elementary.logarithm(min(max(p, epsilon), 1 - epsilon))
        }
        return sum / Double(classes.count)
    }

    /// The same of each label against its absence, the mean over rows and labels.
    private func logLoss(_ predictions: Predictions, _ labels: Matrix) -> Double? {
        guard predictions.areProbabilities else { return nil }
        let epsilon = Double.ulpOfOne
        var sum = 0.0
        for row in 0..<labels.rows {
            for column in 0..<labels.columns {
                let p = predictions.values[row * predictions.width + column]
                sum -= Elementary.logarithm(min(max(labels[row, column] == 1 ? p : 1 - p, epsilon), 1 - epsilon))
            }
        }
        return sum / Double(labels.rows * labels.columns)
    }

    /// Unweighted mean of the F1 of every label that occurs among the targets or the predictions.
    private func macroF1(_ predictions: Predictions, _ labels: Matrix) -> Double? {
        let scores = (0..<labels.columns).compactMap { column -> Double? in
            var counts = ClassCounts()
            for row in 0..<labels.rows {
                switch (predictions.has(column, row), labels[row, column] == 1) {
                case (true, true): counts.truePositives += 1
                case (true, false): counts.falsePositives += 1
                case (false, true): counts.falseNegatives += 1
                case (false, false): break
                }
            }
            return counts.f1
        }
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    /// Unweighted mean of the F1 of every class that occurs among the targets or the predictions (scikit-learn's f1_score, average="macro").
    private func macroF1(_ predictions: Predictions, _ classes: [Int32]) -> Double? {
        var sum = 0.0
        var present = 0
        for counts in ClassCounts.all(predictions, classes, classCount: max(predictions.width, 2)) {
            guard let f1 = counts.f1 else { continue }
            sum += f1
            present += 1
        }
        return present == 0 ? nil : sum / Double(present)
    }

    private func meanSquaredError(_ predictions: Predictions, _ targets: Matrix) -> Double {
        var sum = 0.0
        for (index, value) in targets.doubles.enumerated() {
            let error = predictions.values[index] - value
            sum += error * error
        }
        return sum / Double(predictions.values.count)
    }

    /// 1 - residual / total sum of squares for each target, averaged (scikit-learn's r2_score); nil if a target does not vary.
    private func coefficientOfDetermination(_ predictions: Predictions, _ targets: Matrix) -> Double? {
        var sum = 0.0
        for column in 0..<targets.columns {
            var mean = 0.0
            for row in 0..<targets.rows { mean += targets[row, column] }
            mean /= Double(targets.rows)
            var residual = 0.0
            var total = 0.0
            for row in 0..<targets.rows {
                let error = predictions.values[row * predictions.width + column] - targets[row, column]
                residual += error * error
                total += (targets[row, column] - mean) * (targets[row, column] - mean)
            }
            guard total > 0 else { return nil }
            sum += 1 - residual / total
        }
        return sum / Double(targets.columns)
    }
}

/// True and false positives and negatives of one class.
private struct ClassCounts {
    var truePositives = 0.0
    var falsePositives = 0.0
    var falseNegatives = 0.0

    /// Of every class, in one pass over the rows.
    static func all(_ predictions: Predictions, _ classes: [Int32], classCount: Int) -> [ClassCounts] {
        var counts = Array(repeating: ClassCounts(), count: classCount)
        for (row, truth) in classes.enumerated() {
            let predicted = predictions.predictedClass(row)
            if predicted == Int(truth) {
                counts[predicted].truePositives += 1
            } else {
                counts[predicted].falsePositives += 1
                counts[Int(truth)].falseNegatives += 1
            }
        }
        return counts
    }

    var precision: Double? { ratio(truePositives, truePositives + falsePositives) }
    var recall: Double? { ratio(truePositives, truePositives + falseNegatives) }
    var f1: Double? { ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives) }

    private func ratio(_ a: Double, _ b: Double) -> Double? { b == 0 ? nil : a / b }
}
