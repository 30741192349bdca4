# Width of the interval for the mean of n plots, n = 5 ... 60
set.seed(1)
widths <- sapply(5:60, function(n) {
  runs <- replicate(2000, mean(rnbinom(n, size = 2, mu = 8)))
  diff(quantile(runs, c(0.025, 0.975)))
})
plot(5:60, widths, type = "l", xlab = "plots", ylab = "width of the interval")
abline(v = 30, lty = 2)
