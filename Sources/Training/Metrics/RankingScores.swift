/// How well the outputs order the rows. Only comparisons and counts: ties are exact, and no order of a sum is involved before the last step.
/// Where rows have weights see `WeightedRanking`.
struct RankingScores {
    private let predictions: Predictions
    private let classes: [Int32]

    init(_ predictions: Predictions, _ classes: [Int32]) {
        self.predictions = predictions
        self.classes = classes
    }

    /// Source: scikit-learn's roc_auc_score, of more than two classes with `multi_class="ovr"`, `average="macro"`.
    /// Complexity: one sort of the rows for each class.
    var areaUnderCurve: Double? {
        if predictions.weights.values != nil { return weighted { $0.areaUnderCurve } }
        return mean { positive, negative in
            guard !positive.isEmpty, !negative.isEmpty else { return nil }
            // Twice the pairs in the right order, a tie being half of one.
            var twice = 0
            var (i, below) = (0, 0)
            while i < positive.count {
                let output = positive[i]
                var (ties, count) = (0, 0)
                while i < positive.count, positive[i] == output { (i, count) = (i + 1, count + 1) }
                while below < negative.count, negative[below] < output { below += 1 }
                while below + ties < negative.count, negative[below + ties] == output { ties += 1 }
                twice += count * (2 * below + ties)
            }
            return Double(twice) / (2 * Double(positive.count) * Double(negative.count))
        }
    }

    /// Source: scikit-learn's average_precision_score, of more than two classes with `average="macro"`.
    /// Complexity: one sort of the rows for each class.
    var averagePrecision: Double? {
        if predictions.weights.values != nil { return weighted { $0.averagePrecision } }
        return mean { positive, negative in
            guard !positive.isEmpty else { return nil }
            var sum = 0.0
            var (i, j) = (positive.count, negative.count)
            while i > 0 {
                let output = positive[i - 1]
                let before = i
                while i > 0, positive[i - 1] == output { i -= 1 }
                while j > 0, negative[j - 1] >= output { j -= 1 }
                let right = positive.count - i
                sum += Double(before - i) * (Double(right) / Double(right + negative.count - j))
            }
            return sum / Double(positive.count)
        }
    }

    /// Over the classes one after the other, those without rows left out; of two classes the second alone.
    ///
    /// - Parameter score: of the outputs for a class of its own rows and of all others, both rising.
    private func mean(_ score: (_ positive: [Double], _ negative: [Double]) -> Double?) -> Double? {
        let width = predictions.width
        guard !predictions.values.contains(where: \.isNaN) else { return nil }
        if width <= 2 {
            let (positive, negative) = outputs(of: 1, column: width - 1)
            return score(positive, negative)
        }
        var sum = 0.0
        var present = 0
        for column in 0..<width {
            let (positive, negative) = outputs(of: Int32(column), column: column)
            guard !positive.isEmpty else { continue }
            guard let value = score(positive, negative) else { return nil }
            sum += value
            present += 1
        }
        return present == 0 ? nil : sum / Double(present)
    }

    /// As `mean`, of rows with weights.
    private func weighted(_ score: (WeightedRanking) -> Double?) -> Double? {
        let width = predictions.width
        guard !predictions.values.contains(where: \.isNaN) else { return nil }
        if width <= 2 { return score(WeightedRanking(predictions, classes, of: 1, column: width - 1)) }
        let rankings = (0..<width).map { WeightedRanking(predictions, classes, of: Int32($0), column: $0) }.filter { !$0.positive.isEmpty }
        let scores = rankings.compactMap(score)
        return scores.isEmpty || scores.count < rankings.count ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    private func outputs(of number: Int32, column: Int) -> (positive: [Double], negative: [Double]) {
        var positive: [Double] = []
        var negative: [Double] = []
        negative.reserveCapacity(classes.count)
        for (row, truth) in classes.enumerated() {
            let value = predictions.values[row * predictions.width + column]
            if truth == number { positive.append(value) } else { negative.append(value) }
        }
        positive.sort()
        negative.sort()
        return (positive, negative)
    }

    /// Share of the rows with fewer than `count` classes before theirs. Source: scikit-learn's top_k_accuracy_score, but for ties, where the
    /// first class is the larger one, as it is the predicted one.
    func accuracy(amongLargest count: Int) -> Double? {
        let (width, values) = (predictions.width, predictions.values)
        guard width > 1 else { return nil }
        var right = 0.0
        for (row, number) in classes.enumerated() {
            let own = values[row * width + Int(number)]
            var before = 0
            for column in 0..<width {
                let other = values[row * width + column]
                if other > own || (other == own && column < Int(number)) { before += 1 }
            }
            if before < count { right += predictions.weights[row] }
        }
        return right / predictions.weights.total
    }
}
