Console.Error.WriteLine("rnn: nothing here yet");
return 2;
