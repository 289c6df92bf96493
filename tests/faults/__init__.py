"""Faults are injected for real: threads, processes, kill -9, a lying payment simulator.

What must hold, and where it is tested (all end with ``Till.check``, the invariants of money):

one message 2×, 5×, 8× at once                 test_money, test_money_late, billing/test_webhook
a message that never comes, or comes too soon  test_money (sweep), test_money_kills (the page)
the board is away for an hour                  test_money_late
messages about nobody's money                  test_money_late, billing/test_handlers
bad, old, future, foreign, huge messages       billing/test_webhook; two secrets: test_gateway
a bank debit that arrives or comes back        test_money, test_money_late, coupons/test_coupons
money after we gave up                         test_money_late
an amount that is not what was ordered         test_money, billing/test_settling
Stripe fails, is slow, answers into the void   test_money, billing/test_gateway
a storm of refusals; hundreds of messages      test_money_flood
kill -9 at each step of a purchase             test_money_kills; of a worker: test_worker
the database is locked, or broken              test_locked, test_money
rows locked crosswise                          test_money_locks, hire/test_locks
two at once for the last of something          test_money_races
a poison task, a backlog                       tests/test_tasks
"""
